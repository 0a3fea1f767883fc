import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { Postback } from '../postbacks';
import type { Core, FireOrder } from '../simulator';
import { detailOf, type Webhook, type WireMessage, type WireStatus } from './message';
import { timestamp, type NamirialSettings } from './settings';

/** Kinds for `fire`: every status with a notification, and the published sample. */
const FIRE_KINDS = ['SENT', 'DELIVERED', 'READ', 'UNDELIVERED', 'REJECTED', 'STATUS_UPDATE'];

/** The notification of a status change: docs/providers/namirial.md 6.2. */
interface Notification {
	/** The same for every attempt. */
	id: string;
	webhookConfigurationId: string;
	type: 'STATUS_UPDATE';
	createdAt: string;
	message: WireMessage;
}

/** The example of docs/providers/namirial.md 6.2. */
const SAMPLE: Notification = {
	id: '0c0f7a52-6f0e-4a39-8f4b-2f5f5d6f1a10',
	webhookConfigurationId: '5f1f0c9e-9f53-4f0e-8a5e-9d0b6b0f7c21',
	type: 'STATUS_UPDATE',
	createdAt: '2026-03-01T10:00:09Z',
	message: {
		id: '9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11',
		providerAcceptanceAt: '2026-03-01T10:00:00Z',
		statusChangedAt: '2026-03-01T10:00:07Z',
		reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
		channel: 'SMS',
		status: 'UNDELIVERED',
		provider: {
			name: 'PROVIDERX',
			id: 'c7c3d0f8-1111-4222-8333-444455556666',
			status: 'failed',
			code: '30007',
			message: 'Number Blocked by Carrier',
		},
		sms: { segments: 1 },
	},
};

export class Notify {
	constructor(
		private readonly core: Core,
		private readonly settings: NamirialSettings,
	) {}

	/** Notifies a webhook of a message's current status. */
	send(stored: StoredMessage, webhook: Webhook): Postback {
		const { message } = detailOf(stored);
		return this.post(message.status, webhook.url, this.notification(message, webhook), stored);
	}

	/**
	 * Sends a notification by hand, without changing a message. It is about the message in the field
	 * `message.id`, or the newest one with a webhook, or the published sample.
	 * @throws Error if the kind or the address is unknown
	 */
	fire(order: FireOrder): Postback {
		if (!FIRE_KINDS.includes(order.kind)) {
			throw new Error(
				`Namirial has no "${order.kind}" notification. The kinds are: ${FIRE_KINDS.join(', ')}.`,
			);
		}
		const subject = this.subject(order.fields?.['message.id']);
		const webhook = subject === undefined ? null : detailOf(subject).webhook;
		const url = order.url ?? webhook?.url;
		if (url === undefined) {
			throw new Error('No message has a webhook. Send a message with a webhook, or specify "url".');
		}
		const notification = this.manualNotification(order, subject);
		for (const [path, value] of Object.entries(order.fields ?? {})) {
			setField(notification, path.split('.'), value);
		}
		return this.post(order.kind, url, order.body ?? notification, subject, order.headers);
	}

	private subject(id: string | null | undefined): StoredMessage | undefined {
		if (typeof id === 'string') return this.core.messages.find('namirial', id);
		return this.core.messages
			.list({ provider: 'namirial' })
			.reverse()
			.find((message) => detailOf(message).webhook !== null);
	}

	private manualNotification(
		{ kind }: FireOrder,
		subject: StoredMessage | undefined,
	): Notification {
		if (kind === 'STATUS_UPDATE') return structuredClone(SAMPLE);
		const { message, webhook } =
			subject === undefined ? { message: SAMPLE.message, webhook: null } : detailOf(subject);
		const { name, id } = message.provider;
		const upstream =
			kind === 'UNDELIVERED'
				? { status: 'failed', code: '30007', message: 'Number Blocked by Carrier' }
				: { status: kind.toLowerCase(), code: '0' };
		return this.notification(
			{
				...message,
				status: kind as WireStatus,
				statusChangedAt: timestamp(this.settings),
				// only RCS messages can have this status
				channel: kind === 'READ' ? 'RCS' : message.channel,
				provider: { name, id, ...upstream },
			},
			webhook,
		);
	}

	private notification(message: WireMessage, webhook: Webhook | null): Notification {
		return {
			id: randomUUID(),
			webhookConfigurationId: webhook?.configurationId ?? randomUUID(),
			type: 'STATUS_UPDATE',
			createdAt: timestamp(this.settings),
			message: structuredClone({
				...message,
				// upper case in the sample of a notification, lower case in the samples of the status API
				provider: { ...message.provider, status: message.provider.status.toUpperCase() },
			}),
		};
	}

	private post(
		kind: string,
		url: string,
		body: Notification | string,
		stored: StoredMessage | undefined,
		changes: Record<string, string | null> = {},
	): Postback {
		const headers: Record<string, string> = {
			Host: '',
			'Content-Type': this.settings.notificationContentType,
			'Content-Length': '',
		};
		for (const [name, value] of Object.entries(changes)) {
			const existing = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
			if (existing !== undefined) delete headers[existing];
			if (value !== null) headers[name] = value;
		}
		return this.core.postbacks.send({
			provider: 'namirial',
			kind,
			url,
			headers,
			body: typeof body === 'string' ? body : JSON.stringify(body),
			messageId: stored?.id,
			handset: stored?.handset,
			retries: this.settings.retryPausesMs,
			timeoutMs: this.settings.notificationTimeoutMs,
		});
	}
}

/** Sets a field at a path like `message.reference.key`. Numbers stay numbers; null removes it. */
function setField(target: object, path: string[], value: string | null): void {
	const [name, ...inner] = path;
	const record = target as Record<string, unknown>;
	if (inner.length > 0) {
		if (typeof record[name] !== 'object' || record[name] === null) record[name] = {};
		setField(record[name] as object, inner, value);
	} else if (value === null) {
		delete record[name];
	} else {
		record[name] = typeof record[name] === 'number' ? Number(value) : value;
	}
}
