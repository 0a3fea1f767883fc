/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of ours, not a node */
import { EventEmitter } from 'node:events';
import { numberKey } from './numbers';

/** What the handset page and tests see; the provider's own words stay with the provider. */
export type MessageStatus =
	| 'scheduled'
	| 'queued'
	| 'sent'
	| 'delivered'
	| 'read'
	| 'undelivered'
	| 'failed'
	| 'canceled'
	| 'received';

export interface StatusChange {
	status: MessageStatus;
	/** ISO 8601, UTC. */
	at: string;
	/** The provider's word or code. */
	detail?: string;
}

/** A message of any provider, in either direction. */
export interface StoredMessage {
	provider: string;
	/** The provider's id, unique with the provider. */
	id: string;
	/** `out` goes to the handset, `in` comes from it. */
	direction: 'in' | 'out';
	kind: 'sms' | 'mms' | 'rcs';
	from: string;
	to: string;
	/** The number of the handset, in one form for all providers: digits of E.164. */
	handset: string;
	text: string;
	subject: string | null;
	/** The caller's own id. */
	reference: string | null;
	mediaUrls: string[];
	/** Of an answer: the id of the message it answers. */
	inReplyTo: string | null;
	status: MessageStatus;
	history: StatusChange[];
	/** ISO 8601, UTC: when the provider took it. */
	at: string;
	/** Order of arrival over all providers. */
	sequence: number;
	/** What only the provider's simulator knows about it. */
	detail: Record<string, unknown>;
}

export type NewMessage = Pick<
	StoredMessage,
	'provider' | 'id' | 'direction' | 'from' | 'to' | 'text' | 'status'
> &
	Partial<
		Pick<StoredMessage, 'kind' | 'subject' | 'reference' | 'mediaUrls' | 'inReplyTo' | 'detail'>
	>;

export type MessageFilter = Partial<
	Pick<StoredMessage, 'provider' | 'id' | 'direction' | 'reference' | 'handset' | 'status' | 'text'>
>;

/**
 * Every message of every provider, in order of arrival. `change` is emitted with each that is new
 * or has changed, `clear` when all were forgotten.
 */
export class MessageStore extends EventEmitter<{ change: [StoredMessage]; clear: [] }> {
	private readonly all: StoredMessage[] = [];
	private readonly byId = new Map<string, StoredMessage>();
	private sequence = 0;

	add(message: NewMessage): StoredMessage {
		const at = new Date().toISOString();
		const stored: StoredMessage = {
			kind: 'sms',
			subject: null,
			reference: null,
			mediaUrls: [],
			inReplyTo: null,
			detail: {},
			...message,
			handset: numberKey(message.direction === 'out' ? message.to : message.from),
			history: [{ status: message.status, at }],
			at,
			sequence: ++this.sequence,
		};
		this.all.push(stored);
		this.byId.set(`${stored.provider} ${stored.id}`, stored);
		this.emit('change', stored);
		return stored;
	}

	/** A further step in a message's life; the same status again with another detail is one too. */
	move(message: StoredMessage, status: MessageStatus, detail?: string): void {
		message.status = status;
		message.history.push({ status, at: new Date().toISOString(), detail });
		this.emit('change', message);
	}

	find(provider: string, id: string): StoredMessage | undefined {
		return this.byId.get(`${provider} ${id}`);
	}

	/** Those that match every given field, oldest first. */
	list(filter: MessageFilter = {}): StoredMessage[] {
		const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
		return this.all.filter((message) =>
			wanted.every(([field, value]) =>
				field === 'handset'
					? message.handset === numberKey(String(value))
					: message[field as keyof StoredMessage] === value,
			),
		);
	}

	clear(): void {
		this.all.length = 0;
		this.byId.clear();
		this.emit('clear');
	}
}
