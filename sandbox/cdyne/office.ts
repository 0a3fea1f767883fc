import type { StoredMessage } from '../messages';
import type { Core } from '../simulator';
import { Keywords } from './keywords';
import { MediaShelf } from './media';
import { OptOuts } from './optouts';
import { PostbackSettings } from './postbackSettings';
import { firstSettings } from './settings';

/** What CDYNE alone knows of a message that goes out. */
export interface OutgoingDetail {
	key: string;
	/** Of the message itself, before any setting. */
	postbackUrl: string | null;
	/** Media ids, as the wire has them. */
	attachments: string | null;
	/** Messages that the text was split into. */
	segments: number;
	/** ISO 8601: when it was handed to the network. */
	sentAt: string | null;
	cancelled: boolean;
	/** Of the last receipt. */
	code: string | null;
	/** An answer to HELP and the like, which nobody sent. */
	automatic: boolean;
}

/** A long text comes in several of these. */
export interface Fragment {
	id: string;
	text: string;
	/** Bytes of the joining header; null for a text that came whole. */
	udh: number[] | null;
	read: boolean;
}

/** What CDYNE alone knows of a message that came in. */
export interface IncomingDetail {
	key: string;
	fragments: Fragment[];
	/** Media ids; null for an SMS. */
	attachments: number[] | null;
}

/** Everything that the parts of this simulator share. */
export class Office {
	readonly settings = firstSettings();
	readonly media = new MediaShelf();
	readonly keywords = new Keywords(this.settings);
	readonly postbackSettings = new PostbackSettings(this.settings);
	readonly optOuts: OptOuts;

	constructor(readonly core: Core) {
		this.optOuts = new OptOuts(core.numbers);
	}

	outgoing(): StoredMessage[] {
		return this.core.messages
			.list({ provider: 'cdyne', direction: 'out' })
			.filter((message) => !outgoingDetail(message).automatic);
	}

	incoming(): StoredMessage[] {
		return this.core.messages.list({ provider: 'cdyne', direction: 'in' });
	}

	/** A message that went out, by its id. */
	find(id: string): StoredMessage | undefined {
		const message = this.core.messages.find('cdyne', id);
		return message?.direction === 'out' ? message : undefined;
	}

	/** Changes what CDYNE knows of a message. */
	note(message: StoredMessage, changes: Partial<OutgoingDetail>): void {
		Object.assign(message.detail, changes);
	}

	clear(): void {
		this.media.clear();
		this.keywords.clear();
		this.postbackSettings.clear();
		this.optOuts.clear();
	}
}

export function outgoingDetail(message: StoredMessage): OutgoingDetail {
	return message.detail as unknown as OutgoingDetail;
}

export function incomingDetail(message: StoredMessage): IncomingDetail {
	return message.detail as unknown as IncomingDetail;
}
