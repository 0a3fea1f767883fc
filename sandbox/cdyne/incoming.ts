import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import { numberKey } from '../numbers';
import type { HandsetReply } from '../simulator';
import { dataUrl, fetchMedia, fileNameOf } from './media';
import type { Notify } from './notify';
import { systemWord, type SystemWord } from './optouts';
import { accountNumber } from './settings';
import {
	incomingDetail,
	outgoingDetail,
	type Fragment,
	type IncomingDetail,
	type CdyneState,
	type OutgoingDetail,
} from './state';
import { concatenationHeader, isGsm, split } from './text';

const AUTOMATIC_REPLIES: Record<SystemWord, string> = {
	stop: 'You will receive no more messages. Text RESUME to receive them again.',
	resume: 'You will receive messages again. Text STOP to end them.',
	help: 'Text STOP to end messages. Message and data rates may apply.',
};

/** The search criteria of ReadIncomingMessages. */
export interface IncomingCriteria {
	unreadOnly: boolean;
	incomingId?: string;
	outgoingId?: string;
	reference?: string;
	from?: Date;
	until?: Date;
	page: number;
	pageSize: number;
}

/** An entry in a list of incoming messages. */
export interface IncomingEntry {
	message: StoredMessage;
	fragment: Fragment;
}

/** Messages that handsets send. */
export class Incoming {
	private reference = 0;

	constructor(
		private readonly state: CdyneState,
		private readonly notify: Notify,
	) {}

	/** @throws Error if the account does not have the addressed number */
	async receive(reply: HandsetReply): Promise<StoredMessage> {
		const from = handsetNumber(reply.from);
		const to = this.recipient(from, reply.to);
		const repliedTo = this.repliedTo(from, to);
		const key = this.owner(repliedTo, reply.text, to);
		const media = await this.store(key, reply.mediaUrls ?? []);
		const fragments = this.fragments(reply.text, media.length > 0);
		const detail: IncomingDetail = {
			key,
			fragments,
			attachments: media.length > 0 ? media.map(({ id }) => id) : null,
		};
		const message = this.state.core.messages.add({
			provider: 'cdyne',
			id: fragments[0].id,
			direction: 'in',
			kind: media.length > 0 ? 'mms' : 'sms',
			from,
			to,
			text: reply.text,
			mediaUrls: media.map(dataUrl),
			inReplyTo: repliedTo?.id ?? null,
			status: 'received',
			detail: { ...detail },
		});
		for (const file of media) file.incomingId = message.id;
		const word = systemWord(reply.text);
		if (word !== undefined) this.handleSystemWord(word, key, from, to);
		if (word === undefined || this.state.settings.postSystemWords) {
			this.post(message, fragments, repliedTo);
		}
		return message;
	}

	/** Returns the unread entries of a license key, and marks them as read. */
	takeUnread(key: string): IncomingEntry[] {
		const entries = this.entries(key).filter(({ fragment }) => !fragment.read);
		for (const { fragment } of entries) fragment.read = true;
		return entries;
	}

	/** Returns a page of matching entries, marked as read if only unread ones were requested. */
	read(key: string, criteria: IncomingCriteria): IncomingEntry[] {
		const matching = this.entries(key).filter((entry) => this.matches(entry, criteria));
		const start = (Math.max(1, criteria.page) - 1) * criteria.pageSize;
		const page = matching.slice(start, start + criteria.pageSize);
		if (criteria.unreadOnly) for (const { fragment } of page) fragment.read = true;
		return page;
	}

	private entries(key: string): IncomingEntry[] {
		return this.state
			.incoming()
			.filter((message) => incomingDetail(message).key === key)
			.flatMap((message) =>
				incomingDetail(message).fragments.map((fragment) => ({ message, fragment })),
			);
	}

	private matches({ message, fragment }: IncomingEntry, criteria: IncomingCriteria): boolean {
		const at = new Date(message.at);
		const repliedTo = message.inReplyTo === null ? undefined : this.state.find(message.inReplyTo);
		return (
			(!criteria.unreadOnly || !fragment.read) &&
			(!criteria.incomingId || fragment.id === criteria.incomingId) &&
			(!criteria.outgoingId || message.inReplyTo === criteria.outgoingId) &&
			(!criteria.reference || repliedTo?.reference === criteria.reference) &&
			(!criteria.from || at >= criteria.from) &&
			(!criteria.until || at <= criteria.until)
		);
	}

	private recipient(from: string, to: string | undefined): string {
		const last = this.state.core.messages
			.list({ provider: 'cdyne', direction: 'out', handset: from })
			.at(-1);
		const number = to === undefined ? last?.from : accountNumber(this.state.settings, to);
		if (number !== undefined) return number;
		throw new Error(
			to === undefined
				? 'Nobody has sent a text to this handset. Specify "to".'
				: `${to} is not one of the account's numbers: ${this.state.settings.numbers.join(', ')}.`,
		);
	}

	/** Returns the last message sent from that number to this handset. */
	private repliedTo(from: string, to: string): StoredMessage | undefined {
		return this.state
			.outgoing()
			.filter((message) => message.from === to && message.to === from)
			.filter((message) => outgoingDetail(message).sentAt !== null)
			.at(-1);
	}

	private owner(repliedTo: StoredMessage | undefined, text: string, to: string): string {
		if (repliedTo !== undefined) return outgoingDetail(repliedTo).key;
		return this.state.keywords.owner(text, to) ?? this.state.settings.licenseKeys[0];
	}

	private async store(key: string, urls: string[]) {
		const files = await Promise.all(
			urls.map(async (url) => ({ url, bytes: await fetchMedia(url) })),
		);
		return files
			.filter((file): file is { url: string; bytes: Buffer } => file.bytes !== null)
			.map(({ url, bytes }) => this.state.media.add(key, fileNameOf(url), bytes));
	}

	private fragments(text: string, isMms: boolean): Fragment[] {
		const parts = isMms ? [text] : split(text, !isGsm(text), true);
		const reference = ++this.reference;
		return parts.map((part, index) => ({
			id: randomUUID(),
			text: part,
			udh: parts.length > 1 ? [...concatenationHeader(reference, parts.length, index + 1)] : null,
			read: false,
		}));
	}

	private post(message: StoredMessage, fragments: Fragment[], repliedTo?: StoredMessage): void {
		const posts = this.state.settings.postFragments
			? fragments
			: [{ ...fragments[0], text: message.text }];
		for (const fragment of posts) this.notify.incoming(message, fragment, repliedTo);
	}

	private handleSystemWord(word: SystemWord, key: string, handset: string, number: string): void {
		if (word === 'stop') this.state.optOuts.add(key, handset);
		if (word === 'resume') this.state.optOuts.remove(key, handset);
		const detail: OutgoingDetail = {
			key,
			postbackUrl: null,
			attachments: null,
			segments: 1,
			sentAt: new Date().toISOString(),
			cancelled: false,
			code: null,
			automatic: true,
		};
		this.state.core.messages.add({
			provider: 'cdyne',
			id: randomUUID(),
			direction: 'out',
			from: number,
			to: handset,
			text: AUTOMATIC_REPLIES[word],
			status: 'delivered',
			detail: { ...detail },
		});
	}
}

/** Returns a handset's number in CDYNE's notation. */
function handsetNumber(number: string): string {
	const digits = numberKey(number);
	if (/^\d{10}$/.test(number)) return `1${number}`;
	return /^1\d{10}$/.test(digits) ? digits : `011${digits}`;
}
