import type { Clock } from '../clock';
import { Rejection } from './codes';
import type { Ids } from './ids';
import { encoding } from './notices';
import type { Notifier } from './notify';
import type { SkycoreSettings } from './settings';
import type { Slide } from './slides';

export const SAVED_MMS_ID = '35674';

/** A saved MMS of the account. */
export interface SavedMms {
	id: string;
	name: string;
	subject: string;
	slides: Slide[];
	fallbackText: string;
	/** Never sent as SMS. */
	mmsOnly: boolean;
	/** `corrupt`: its encoding failed. */
	state: 'ready' | 'encoding' | 'corrupt';
}

const SAMPLE_MMS: SavedMms = {
	id: SAVED_MMS_ID,
	name: 'Welcome',
	subject: 'Welcome',
	slides: [
		{
			text: 'Hello {$FIRST_NAME|there}',
			media: [{ kind: 'IMAGE', url: 'https://media.example.com/welcome.png' }],
			objects: [],
			duration: 10,
		},
	],
	fallbackText: 'Welcome',
	mmsOnly: false,
	state: 'ready',
};

/** The saved MMS of the account. */
export class Library {
	private readonly all = new Map<string, SavedMms>();

	constructor(
		private readonly clock: Clock,
		private readonly settings: SkycoreSettings,
		private readonly ids: Ids,
		private readonly notifier: Notifier,
	) {
		this.reset();
	}

	list(): string[] {
		return [...this.all.keys()];
	}

	/** Returns an MMS that can be sent. @throws Rejection E241, E626 while it is encoded, or E629 */
	findReady(id: string, to?: string): SavedMms {
		const mms = this.all.get(id.trim());
		if (mms === undefined) throw new Rejection('E241', undefined, to);
		if (mms.state === 'encoding') throw new Rejection('E626', undefined, to);
		if (mms.state === 'corrupt') throw new Rejection('E629', undefined, to);
		return mms;
	}

	/** Saves an MMS. Audio and video are encoded first; a postback reports the result in any case. */
	save(draft: Omit<SavedMms, 'id' | 'state'>): SavedMms {
		const media = draft.slides.flatMap((slide) => slide.media);
		const encoded = media.find(({ kind }) => kind !== 'IMAGE');
		const mms: SavedMms = {
			...draft,
			id: this.ids.nextMms(),
			state: encoded === undefined ? 'ready' : 'encoding',
		};
		this.all.set(mms.id, mms);
		this.clock.after(encoded === undefined ? 0 : this.settings.encodingMs, () => {
			const failed = encoded !== undefined && this.settings.encodingFails;
			mms.state = failed ? 'corrupt' : 'ready';
			const failure = encoded?.kind === 'AUDIO' ? 'E002' : 'E003';
			this.notifier.send(encoding(failed ? failure : 'N003', mms.id, encoded?.url ?? ''));
		});
		return mms;
	}

	reset(): void {
		this.all.clear();
		this.all.set(SAMPLE_MMS.id, { ...SAMPLE_MMS });
	}
}
