import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import { numberKey } from '../numbers';
import type { HandsetReply } from '../simulator';
import { dataUrl, fetchMedia, fileNameOf } from './media';
import type { Notify } from './notify';
import {
	incomingDetail,
	outgoingDetail,
	type Fragment,
	type IncomingDetail,
	type Office,
	type OutgoingDetail,
} from './office';
import { systemWord, type SystemWord } from './optouts';
import { ownNumber } from './settings';
import { isGsm, joiningHeader, split } from './text';

const ANSWERS: Record<SystemWord, string> = {
	stop: 'You will receive no more messages. Text RESUME to receive them again.',
	resume: 'You will receive messages again. Text STOP to end them.',
	help: 'Text STOP to end messages. Message and data rates may apply.',
};

/** What ReadIncomingMessages looks for. */
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

/** One entry of a list of incoming messages. */
export interface IncomingEntry {
	message: StoredMessage;
	fragment: Fragment;
}

/** What handsets write. */
export class Incoming {
	private reference = 0;

	constructor(
		private readonly office: Office,
		private readonly notify: Notify,
	) {}

	/** @throws Error in plain words where nobody of ours has that number */
	async receive(reply: HandsetReply): Promise<StoredMessage> {
		const from = callerNumber(reply.from);
		const to = this.addressee(from, reply.to);
		const answered = this.answered(from, to);
		const key = this.owner(answered, reply.text, to);
		const media = await this.keep(key, reply.mediaUrls ?? []);
		const fragments = this.fragments(reply.text, media.length > 0);
		const detail: IncomingDetail = {
			key,
			fragments,
			attachments: media.length > 0 ? media.map(({ id }) => id) : null,
		};
		const message = this.office.core.messages.add({
			provider: 'cdyne',
			id: fragments[0].id,
			direction: 'in',
			kind: media.length > 0 ? 'mms' : 'sms',
			from,
			to,
			text: reply.text,
			mediaUrls: media.map(dataUrl),
			inReplyTo: answered?.id ?? null,
			status: 'received',
			detail: { ...detail },
		});
		for (const file of media) file.incomingId = message.id;
		const word = systemWord(reply.text);
		if (word !== undefined) this.obey(word, key, from, to);
		if (word === undefined || this.office.settings.postSystemWords) {
			this.post(message, fragments, answered);
		}
		return message;
	}

	/** Unread entries of a license key, each given once. */
	takeUnread(key: string): IncomingEntry[] {
		const entries = this.entries(key).filter(({ fragment }) => !fragment.read);
		for (const { fragment } of entries) fragment.read = true;
		return entries;
	}

	/** Entries that fit; reading unread ones only moves the cursor on. */
	read(key: string, wanted: IncomingCriteria): IncomingEntry[] {
		const fitting = this.entries(key).filter((entry) => this.fits(entry, wanted));
		const start = (Math.max(1, wanted.page) - 1) * wanted.pageSize;
		const page = fitting.slice(start, start + wanted.pageSize);
		if (wanted.unreadOnly) for (const { fragment } of page) fragment.read = true;
		return page;
	}

	private entries(key: string): IncomingEntry[] {
		return this.office
			.incoming()
			.filter((message) => incomingDetail(message).key === key)
			.flatMap((message) =>
				incomingDetail(message).fragments.map((fragment) => ({ message, fragment })),
			);
	}

	private fits({ message, fragment }: IncomingEntry, wanted: IncomingCriteria): boolean {
		const at = new Date(message.at);
		const answered = message.inReplyTo === null ? undefined : this.office.find(message.inReplyTo);
		return (
			(!wanted.unreadOnly || !fragment.read) &&
			(!wanted.incomingId || fragment.id === wanted.incomingId) &&
			(!wanted.outgoingId || message.inReplyTo === wanted.outgoingId) &&
			(!wanted.reference || answered?.reference === wanted.reference) &&
			(!wanted.from || at >= wanted.from) &&
			(!wanted.until || at <= wanted.until)
		);
	}

	private addressee(from: string, to: string | undefined): string {
		const last = this.office.core.messages
			.list({ provider: 'cdyne', direction: 'out', handset: from })
			.at(-1);
		const number = to === undefined ? last?.from : ownNumber(this.office.settings, to);
		if (number !== undefined) return number;
		throw new Error(
			to === undefined
				? 'Nobody has written to this handset: say whom it writes to.'
				: `${to} is not a number of the account: ${this.office.settings.numbers.join(', ')}.`,
		);
	}

	/** The last message that went from that number to this handset. */
	private answered(from: string, to: string): StoredMessage | undefined {
		return this.office
			.outgoing()
			.filter((message) => message.from === to && message.to === from)
			.filter((message) => outgoingDetail(message).sentAt !== null)
			.at(-1);
	}

	private owner(answered: StoredMessage | undefined, text: string, to: string): string {
		if (answered !== undefined) return outgoingDetail(answered).key;
		return this.office.keywords.owner(text, to) ?? this.office.settings.licenseKeys[0];
	}

	private async keep(key: string, urls: string[]) {
		const files = await Promise.all(
			urls.map(async (url) => ({ url, bytes: await fetchMedia(url) })),
		);
		return files
			.filter((file): file is { url: string; bytes: Buffer } => file.bytes !== null)
			.map(({ url, bytes }) => this.office.media.add(key, fileNameOf(url), bytes));
	}

	private fragments(text: string, whole: boolean): Fragment[] {
		const parts = whole ? [text] : split(text, !isGsm(text), true);
		const reference = ++this.reference;
		return parts.map((part, index) => ({
			id: randomUUID(),
			text: part,
			udh: parts.length > 1 ? [...joiningHeader(reference, parts.length, index + 1)] : null,
			read: false,
		}));
	}

	private post(message: StoredMessage, fragments: Fragment[], answered?: StoredMessage): void {
		const posts = this.office.settings.postFragments
			? fragments
			: [{ ...fragments[0], text: message.text }];
		for (const fragment of posts) this.notify.incoming(message, fragment, answered);
	}

	private obey(word: SystemWord, key: string, handset: string, number: string): void {
		if (word === 'stop') this.office.optOuts.add(key, handset);
		if (word === 'resume') this.office.optOuts.remove(key, handset);
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
		this.office.core.messages.add({
			provider: 'cdyne',
			id: randomUUID(),
			direction: 'out',
			from: number,
			to: handset,
			text: ANSWERS[word],
			status: 'delivered',
			detail: { ...detail },
		});
	}
}

/** A handset in CDYNE's form. */
function callerNumber(number: string): string {
	const digits = numberKey(number);
	if (/^\d{10}$/.test(digits)) return `1${digits}`;
	return /^1\d{10}$/.test(digits) ? digits : `011${digits}`;
}
