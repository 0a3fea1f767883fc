import type { Postback } from '../postbacks';
import type { Core, FireOrder } from '../simulator';
import { PROVIDER } from './account';
import { writeBody } from './bodies';
import { writePostback } from './envelopes';
import type { Notice } from './notices';
import type { SkycoreSettings } from './settings';

/** docs/providers/skycore.md 6.1: five retries, five minutes apart. */
const RETRIES = Array.from({ length: 5 }, () => 5 * 60_000);
const DEADLINE_MS = 10_000;
/** How long the platform collected until 2013. */
const BATCH_MS = 60_000;

/** Sends notifications the way the account's settings say, one after the other. */
export class Notifier {
	/** When the next notification may go, by the sandbox's clock. */
	private free = 0;
	private batch: Notice[] = [];
	private sequence = 325;

	constructor(
		private readonly core: Core,
		private readonly settings: SkycoreSettings,
	) {}

	/** Puts a notification in the line; without an address nothing is sent. */
	send(notice: Notice): void {
		if (this.address(notice) === '') return;
		if (this.settings.postbackEnvelope === 'batch') {
			this.collect(notice);
			return;
		}
		const now = this.core.clock.now();
		const due = Math.max(now, this.free);
		this.free = due + this.settings.postbackEveryMs;
		if (due <= now) this.post([notice]);
		else this.core.clock.after(due - now, () => this.post([notice]));
	}

	/** Sends by hand, at once: the line does not hold it up. @throws Error where there is no address */
	fire(notices: Notice[], { url, body, headers }: FireOrder, changes: Changes = {}): Postback {
		const address = url ?? this.address(notices[0]);
		if (address === '') {
			throw new Error('There is no address: give "url", or set postbackUrl of skycore.');
		}
		return this.post(notices, { ...changes, url: address, body, headers });
	}

	reset(): void {
		this.free = 0;
		this.batch = [];
	}

	private collect(notice: Notice): void {
		if (this.batch.push(notice) > 1) return;
		this.core.clock.after(BATCH_MS, () => {
			const due = this.batch;
			this.batch = [];
			for (const incoming of [false, true]) {
				const together = due.filter((one) => (one.incoming ?? false) === incoming);
				if (together.length > 0) this.post(together);
			}
		});
	}

	private address({ incoming }: Notice): string {
		const { moUrl, postbackUrl } = this.settings;
		return incoming && moUrl !== '' ? moUrl : postbackUrl;
	}

	private post(notices: Notice[], byHand: Changes = {}): Postback {
		const { postbackBody, postbackProlog, jsonTrackingId } = this.settings;
		const envelope = byHand.envelope ?? this.settings.postbackEnvelope;
		const [first] = notices;
		const document = writePostback(envelope, notices, {
			prolog: postbackProlog,
			jsonTrackingId,
			nextId: () => String(this.sequence++),
		});
		const text = (byHand.malform ?? same)(document);
		const { contentType, body } =
			envelope === 'json'
				? { contentType: 'application/json', body: text }
				: writeBody(postbackBody, text);
		const headers: Record<string, string> = { Host: '', Accept: '*/*' };
		if (contentType !== '') headers['Content-Type'] = contentType;
		headers['Content-Length'] = '';
		for (const [name, value] of Object.entries(byHand.headers ?? {})) {
			const old = Object.keys(headers).find((one) => one.toLowerCase() === name.toLowerCase());
			if (old !== undefined) delete headers[old];
			if (value !== null) headers[name] = value;
		}
		return this.core.postbacks.send({
			provider: PROVIDER,
			kind: notices.length === 1 ? kindOf(first) : 'batch',
			url: byHand.url ?? this.address(first),
			headers,
			body: byHand.body ?? body,
			messageId: first.messageId,
			handset: first.handset,
			retries: RETRIES,
			accepts: (status) => status === 200,
			timeoutMs: DEADLINE_MS,
		});
	}
}

/** How a kind is called in the control API: the same code means different things by its origin. */
export function kindOf({ origin, code }: Pick<Notice, 'origin' | 'code'>): string {
	return `${origin}:${code}`;
}

/** What a postback by hand has different. */
type Changes = Pick<FireOrder, 'url' | 'body' | 'headers'> & {
	envelope?: string;
	malform?: (document: string) => string;
};

const same = (document: string) => document;
