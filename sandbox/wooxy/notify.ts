import type { StoredMessage } from '../messages';
import type { Postback } from '../postbacks';
import type { FireOrder } from '../simulator';
import type { ContactJob } from './contactJob';
import { EMAIL_EVENTS, EVENTS } from './events';
import { messageDetail, type WooxyState } from './state';

const SECOND_MS = 1_000;

/** 15 attempts: 3 at intervals of 100 s, 6 of 600 s, 6 of 3600 s. */
const RETRY_DELAYS_MS = [
	...Array.from({ length: 3 }, () => 100 * SECOND_MS),
	...Array.from({ length: 6 }, () => 600 * SECOND_MS),
	...Array.from({ length: 6 }, () => 3_600 * SECOND_MS),
];

/** Kinds for `fire` that are not events. */
const REQUEST = 'request';
const MALFORMED = 'malformed';

/** The message that a payload is about. */
interface Subject {
	id: string;
	phoneNumber: string;
	userId: string | null;
}

/** The published sample, for postbacks sent by hand before any message was sent. */
const SAMPLE: Subject = {
	id: '64f000000000000000000001',
	phoneNumber: '+37255512345',
	userId: 'u-17',
};

/** Sends postbacks. */
export class Notify {
	constructor(private readonly state: WooxyState) {}

	/** Reports a delivery to every webhook of the message's domain that subscribed to it. */
	delivered(message: StoredMessage): void {
		const { domain } = messageDetail(message);
		for (const { url } of this.state.webhooks.subscribed('sms_delivered', domain)) {
			this.send(url, 'sms_delivered', this.payload('sms_delivered', subjectOf(message)), message);
		}
	}

	/** Reports the result of a queued change to the address in its request. */
	request(url: string, job: ContactJob): void {
		this.send(url, REQUEST, job);
	}

	/** @throws Error if the kind or the address is unknown */
	fire(order: FireOrder): Postback {
		const kinds = [...EVENTS, REQUEST, MALFORMED];
		if (!kinds.includes(order.kind)) {
			throw new Error(`Wooxy has no "${order.kind}" postback. The kinds are: ${kinds.join(', ')}.`);
		}
		const event = order.kind === MALFORMED ? 'read' : order.kind;
		const url = order.url ?? this.state.webhooks.subscribed(event)[0]?.url;
		if (url === undefined) {
			throw new Error(`No webhook is registered for "${event}". Specify "url".`);
		}
		const message = this.state.messages().at(-1);
		const about = message === undefined ? SAMPLE : subjectOf(message);
		const payload: Record<string, unknown> =
			order.kind === REQUEST ? { ...sampleJob(url) } : this.payload(event, about);
		for (const [name, value] of Object.entries(order.fields ?? {})) {
			if (value === null) delete payload[name];
			else payload[name] = value;
		}
		return this.send(url, order.kind, payload, message, order);
	}

	private payload(event: string, { id, phoneNumber, userId }: Subject): Record<string, unknown> {
		const { deliveredEvent, webhookPayload } = this.state.settings;
		const common = {
			datetime: Math.floor(Date.now() / SECOND_MS),
			event: event === 'sms_delivered' ? deliveredEvent : event,
		};
		const user = userId === null ? {} : { userId };
		if (EMAIL_EVENTS.includes(event)) {
			const headers = { 'X-Order': '4711' };
			return { ...common, email: 'anna@example.com', id, userId: userId ?? 'u-17', headers };
		}
		switch (webhookPayload) {
			case 'sms_id':
				return { ...common, phone: phoneNumber, sms_id: id, ...user };
			case 'extraField':
				return { ...common, phoneNumber, id, ...user, operator: { name: 'Sandbox Mobile' } };
			default:
				return { ...common, phoneNumber, id, ...user };
		}
	}

	private send(
		url: string,
		kind: string,
		payload: object,
		message?: StoredMessage,
		order?: FireOrder,
	): Postback {
		const { core, settings } = this.state;
		const headers: Record<string, string> = { Host: '' };
		if (settings.webhookContentType !== '') headers['Content-Type'] = settings.webhookContentType;
		for (const [name, value] of Object.entries(order?.headers ?? {})) {
			const existing = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
			if (existing !== undefined) delete headers[existing];
			if (value !== null) headers[name] = value;
		}
		const text = JSON.stringify(payload);
		return core.postbacks.send({
			provider: 'wooxy',
			kind,
			url,
			headers,
			body: order?.body ?? (kind === MALFORMED ? text.replace(',"headers"', ' "headers"') : text),
			messageId: message?.id,
			handset: message?.handset,
			retries: settings.firstTryCounts ? RETRY_DELAYS_MS.slice(1) : RETRY_DELAYS_MS,
			accepts: (status) => status === 200,
			timeoutMs: settings.webhookDeadlineMs,
		});
	}
}

function subjectOf(message: StoredMessage): Subject {
	return { id: message.id, phoneNumber: message.to, userId: messageDetail(message).userId };
}

function sampleJob(webHookUri: string): ContactJob {
	const contact = {
		id: '64f0000000000000000000c1',
		email: 'anna@example.com',
		phone: '+37255512345',
		userId: 'u-17',
	};
	return {
		id: '64f0000000000000000000e1',
		source: 'contacts/update',
		status: 'done',
		webHookUri,
		createdAt: '2024-05-01 10:20:30',
		updatedAt: '2024-05-01 10:20:31',
		results: { errors: [], success: [contact] },
	};
}
