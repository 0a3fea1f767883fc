import type { StoredMessage } from '../messages';
import type { Core } from '../simulator';
import { Keywords } from './keywords';
import { MediaStore } from './media';
import { OptOuts } from './optouts';
import { PostbackSettings } from './postbackSettings';
import { initialSettings } from './settings';

/** CDYNE-specific data of an outgoing message. */
export interface OutgoingDetail {
	key: string;
	/** The address in the message, which overrides the settings. */
	postbackUrl: string | null;
	/** Media ids, separated by commas. */
	attachments: string | null;
	/** The number of parts that the text was split into. */
	segments: number;
	/** ISO 8601: when the message was handed to the network. */
	sentAt: string | null;
	cancelled: boolean;
	/** The code of the last receipt. */
	code: string | null;
	/** An automatic reply, for example to HELP. */
	automatic: boolean;
}

/** A part of an incoming text; a long text has several. */
export interface Fragment {
	id: string;
	text: string;
	/** Bytes of the concatenation header; null for a text with one part. */
	udh: number[] | null;
	read: boolean;
}

/** CDYNE-specific data of an incoming message. */
export interface IncomingDetail {
	key: string;
	fragments: Fragment[];
	/** Media ids; null for an SMS. */
	attachments: number[] | null;
}

/** The state of the simulator. */
export class CdyneState {
	readonly settings = initialSettings();
	readonly media = new MediaStore();
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

	/** Finds an outgoing message. */
	find(id: string): StoredMessage | undefined {
		const message = this.core.messages.find('cdyne', id);
		return message?.direction === 'out' ? message : undefined;
	}

	/** Changes CDYNE-specific data of a message. */
	update(message: StoredMessage, changes: Partial<OutgoingDetail>): void {
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
