import type { Clock } from '../clock';
import { Refusal } from './codes';
import type { Ids } from './ids';
import { encoding } from './notices';
import type { Notifier } from './notify';
import type { SkycoreSettings } from './settings';
import type { Slide } from './slides';

export const SAVED_MMS_ID = '35674';

/** An MMS of the account. */
export interface SavedMms {
	id: string;
	name: string;
	subject: string;
	slides: Slide[];
	fallbackText: string;
	/** Never goes as SMS. */
	mmsOnly: boolean;
	/** `corrupt`: its encoding failed. */
	state: 'ready' | 'encoding' | 'corrupt';
}

const COMPOSED: SavedMms = {
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

/** The MMS that an account can send. */
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

	/** The MMS of an id, ready to be sent. @throws Refusal E241, E626 while it encodes, or E629 */
	ready(id: string, to?: string): SavedMms {
		const mms = this.all.get(id.trim());
		if (mms === undefined) throw new Refusal('E241', undefined, to);
		if (mms.state === 'encoding') throw new Refusal('E626', undefined, to);
		if (mms.state === 'corrupt') throw new Refusal('E629', undefined, to);
		return mms;
	}

	/** Audio and video have to be encoded first; the end of it is told in any case. */
	save(draft: Omit<SavedMms, 'id' | 'state'>): SavedMms {
		const media = draft.slides.flatMap((slide) => slide.media);
		const slow = media.find(({ kind }) => kind !== 'IMAGE');
		const mms: SavedMms = {
			...draft,
			id: this.ids.nextMms(),
			state: slow === undefined ? 'ready' : 'encoding',
		};
		this.all.set(mms.id, mms);
		this.clock.after(slow === undefined ? 0 : this.settings.encodingMs, () => {
			const failed = slow !== undefined && this.settings.encodingFails;
			mms.state = failed ? 'corrupt' : 'ready';
			const failure = slow?.kind === 'AUDIO' ? 'E002' : 'E003';
			this.notifier.send(encoding(failed ? failure : 'N003', mms.id, slow?.url ?? ''));
		});
		return mms;
	}

	reset(): void {
		this.all.clear();
		this.all.set(COMPOSED.id, { ...COMPOSED });
	}
}
