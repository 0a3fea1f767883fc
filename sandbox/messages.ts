/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import { EventEmitter } from 'node:events';
import { numberKey } from './numbers';

/** The status on the handset page and in tests, common to all providers. */
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
	/** The status or code in the provider's terms. */
	detail?: string;
}

/** A message of any provider, in either direction. */
export interface StoredMessage {
	provider: string;
	/** Unique per provider. */
	id: string;
	/** `out` goes to the handset, `in` comes from it. */
	direction: 'in' | 'out';
	kind: 'sms' | 'mms' | 'rcs';
	from: string;
	to: string;
	/** The number of the handset: digits of E.164 for all providers. */
	handset: string;
	text: string;
	subject: string | null;
	/** The id that the client set. */
	reference: string | null;
	mediaUrls: string[];
	/** The id of the message that this one replies to. */
	inReplyTo: string | null;
	status: MessageStatus;
	history: StatusChange[];
	/** ISO 8601, UTC: when the provider accepted it. */
	at: string;
	/** Order of arrival across all providers. */
	sequence: number;
	/** Data that only the provider's simulator uses. */
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
 * The messages of all providers, in order of arrival. `change` is emitted with each message that
 * is added or changed, `clear` when all were deleted.
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

	/** Adds a status to a message's history. A repeated status is recorded too. */
	setStatus(message: StoredMessage, status: MessageStatus, detail?: string): void {
		message.status = status;
		message.history.push({ status, at: new Date().toISOString(), detail });
		this.emit('change', message);
	}

	find(provider: string, id: string): StoredMessage | undefined {
		return this.byId.get(`${provider} ${id}`);
	}

	/** Returns the messages that match every field of the filter, oldest first. */
	list(filter: MessageFilter = {}): StoredMessage[] {
		const conditions = Object.entries(filter).filter(([, value]) => value !== undefined);
		return this.all.filter((message) =>
			conditions.every(([field, value]) =>
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
