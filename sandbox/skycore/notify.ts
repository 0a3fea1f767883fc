import type { Postback } from '../postbacks';
import type { Core, FireOrder } from '../simulator';
import { writeBody } from './bodies';
import { writePostback } from './envelopes';
import type { Notice } from './notices';
import { PROVIDER } from './provider';
import type { SkycoreSettings } from './settings';

/** docs/providers/skycore.md 6.1: five retries, five minutes apart. */
const RETRY_DELAYS_MS = Array.from({ length: 5 }, () => 5 * 60_000);
const TIMEOUT_MS = 10_000;
/** The interval in which the platform collected notifications until 2013. */
const BATCH_MS = 60_000;

/** Sends notifications one after the other, as the account's settings define. */
export class Notifier {
	/** When the next notification may be sent, on the sandbox's clock. */
	private nextSend = 0;
	private batch: Notice[] = [];
	private sequence = 325;

	constructor(
		private readonly core: Core,
		private readonly settings: SkycoreSettings,
	) {}

	/** Queues a notification. Without an address nothing is sent. */
	send(notice: Notice): void {
		if (this.address(notice) === '') return;
		if (this.settings.postbackEnvelope === 'batch') {
			this.collect(notice);
			return;
		}
		const now = this.core.clock.now();
		const due = Math.max(now, this.nextSend);
		this.nextSend = due + this.settings.postbackEveryMs;
		if (due <= now) this.post([notice]);
		else this.core.clock.after(due - now, () => this.post([notice]));
	}

	/** Sends notifications by hand, bypassing the queue. @throws Error if there is no address */
	fire(notices: Notice[], { url, body, headers }: FireOrder, changes: Changes = {}): Postback {
		const address = url ?? this.address(notices[0]);
		if (address === '') {
			throw new Error(
				'No postback address is known. Specify "url", or set postbackUrl of skycore.',
			);
		}
		return this.post(notices, { ...changes, url: address, body, headers });
	}

	reset(): void {
		this.nextSend = 0;
		this.batch = [];
	}

	private collect(notice: Notice): void {
		if (this.batch.push(notice) > 1) return;
		this.core.clock.after(BATCH_MS, () => {
			const due = this.batch;
			this.batch = [];
			for (const incoming of [false, true]) {
				const notices = due.filter((notice) => (notice.incoming ?? false) === incoming);
				if (notices.length > 0) this.post(notices);
			}
		});
	}

	private address({ incoming }: Notice): string {
		const { moUrl, postbackUrl } = this.settings;
		return incoming && moUrl !== '' ? moUrl : postbackUrl;
	}

	private post(notices: Notice[], changes: Changes = {}): Postback {
		const { postbackBody, postbackProlog, jsonTrackingId } = this.settings;
		const envelope = changes.envelope ?? this.settings.postbackEnvelope;
		const [first] = notices;
		const document = writePostback(envelope, notices, {
			prolog: postbackProlog,
			jsonTrackingId,
			nextId: () => String(this.sequence++),
		});
		const text = (changes.malform ?? unchanged)(document);
		const { contentType, body } =
			envelope === 'json'
				? { contentType: 'application/json', body: text }
				: writeBody(postbackBody, text);
		const headers: Record<string, string> = { Host: '', Accept: '*/*' };
		if (contentType !== '') headers['Content-Type'] = contentType;
		headers['Content-Length'] = '';
		for (const [name, value] of Object.entries(changes.headers ?? {})) {
			const existing = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
			if (existing !== undefined) delete headers[existing];
			if (value !== null) headers[name] = value;
		}
		return this.core.postbacks.send({
			provider: PROVIDER,
			kind: notices.length === 1 ? kindOf(first) : 'batch',
			url: changes.url ?? this.address(first),
			headers,
			body: changes.body ?? body,
			messageId: first.messageId,
			handset: first.handset,
			retries: RETRY_DELAYS_MS,
			accepts: (status) => status === 200,
			timeoutMs: TIMEOUT_MS,
		});
	}
}

/** Returns the kind for the control API. It includes the origin, which changes a code's meaning. */
export function kindOf({ origin, code }: Pick<Notice, 'origin' | 'code'>): string {
	return `${origin}:${code}`;
}

/** What differs in a postback sent by hand. */
type Changes = Pick<FireOrder, 'url' | 'body' | 'headers'> & {
	envelope?: string;
	malform?: (document: string) => string;
};

const unchanged = (document: string) => document;
