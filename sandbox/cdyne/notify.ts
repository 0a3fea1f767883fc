import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { Postback } from '../postbacks';
import type { FireOrder } from '../simulator';
import { encodeForm, formDate, receiptText, type Fields } from './form';
import { PostbackTypes } from './schema';
import { LONG_CODE } from './settings';
import { outgoingDetail, type CdyneState, type Fragment } from './state';
import { EMPTY_GUID } from './write';

const TYPE = PostbackTypes.values;

/** The older and the newer text of each receipt code: docs/providers/cdyne.md 7.4. */
const RECEIPTS: Record<string, [string, string]> = {
	'000': ['DELIVRD', 'DeliveredToDevice'],
	'003': ['DELIVERED TO CARRIER', 'DeliveredToCarrier'],
	'004': ['ACCEPTD', 'Accepted'],
	'005': ['DELETED/UNDELIV', 'UndelivOrDeleted'],
	'008': ['EXPIRED', 'Expired'],
	'015': ['INVALID SERVICE TYPE', 'InvalidServiceType'],
	'017': ['INVALID CRITERIA', 'InvalidCriteria'],
	'021': ['MESSAGE TOO LONG', 'MessageTooLong'],
	'023': ['REJECTED', 'Rejected'],
	'024': ['UNDELIV', 'Undeliv'],
	'028': ['THROTTLED', 'SenderExceededCarrierThrottle'],
	'029': ['THROTTLED', 'RecipientExceededCarrierThrottle'],
	'030': ['THROTTLED', 'SenderAndRecipentExceededCarrierThrottle'],
	'032': ['INVALID FORMAT', 'InvalidMessageFormatOrTextMsgContentSizeExceeded'],
	'090': ['BAD ADDRESS', 'BadAddress'],
	'091': ['INVALID ROUTING', 'InvalidRouting'],
	'999': ['UNKNOWN', 'CarrierErrorUnknown'],
};

/** The six kinds of postback: the setting that each follows, and its fields. */
const KINDS: Record<string, { type: number; sample: (message: StoredMessage) => Fields }> = {
	SMSSent: {
		type: TYPE.OutgoingMessage,
		sample: (message) => sentFields({ ...message, kind: 'sms' }, '1'),
	},
	MMSSent: {
		type: TYPE.OutgoingMessage,
		sample: (message) => sentFields({ ...message, kind: 'mms' }, '1'),
	},
	SMSResponse: { type: TYPE.IncomingMessage, sample: (message) => sampleReply('SMS', message) },
	MMSResponse: { type: TYPE.IncomingMessage, sample: (message) => sampleReply('MMS', message) },
	DeliveryReceipt: {
		type: TYPE.DeliveryReceipt,
		sample: (message) => receiptFields(message, '000'),
	},
	MMSDeliveryReceipt: {
		type: TYPE.DeliveryReceipt,
		sample: (message) => receiptFields({ ...message, kind: 'mms' }, '000'),
	},
};

/** Sends postbacks. */
export class Notify {
	constructor(private readonly state: CdyneState) {}

	/** Reports that the network accepted or rejected a message. */
	sent(message: StoredMessage, accepted: boolean): void {
		this.post(message, sentFields(message, accepted ? '1' : '0'));
	}

	/** @param backupId the id of the message sent in its place from another number */
	receipt(message: StoredMessage, code: string, backupId?: string): void {
		const backup: Fields = backupId === undefined ? {} : { BackupMessageID: backupId };
		this.post(message, { ...receiptFields(message, code), ...backup });
	}

	/**
	 * Reports an incoming message. The address is that of the message it replies to, or else that
	 * of the settings.
	 */
	incoming(message: StoredMessage, fragment: Fragment, repliedTo: StoredMessage | undefined): void {
		const fields = incomingFields(message, fragment, repliedTo);
		if (repliedTo !== undefined) {
			this.post(repliedTo, fields);
			return;
		}
		const key = String(message.detail.key);
		const { postbackSettings } = this.state;
		const url = postbackSettings.address(key, message.to, TYPE.IncomingMessage);
		if (url !== undefined) this.send(url, fields, message);
	}

	/** @throws Error if the kind or the address is unknown */
	fire(order: FireOrder): Postback {
		const kind = KINDS[order.kind];
		if (kind === undefined) {
			throw new Error(
				`CDYNE has no "${order.kind}" postback. The kinds are: ${Object.keys(KINDS).join(', ')}.`,
			);
		}
		const message = this.state.outgoing().at(-1) ?? this.sampleMessage();
		const url = order.url ?? this.address(message, kind.type);
		if (url === undefined) {
			throw new Error('No postback address is known. Specify "url".');
		}
		const fields = kind.sample(message);
		for (const [name, value] of Object.entries(order.fields ?? {})) {
			if (value === null) delete fields[name];
			else fields[name] = value;
		}
		return this.send(url, fields, message, order);
	}

	private post(message: StoredMessage, fields: Fields): void {
		const url = this.address(message, KINDS[Object.keys(fields)[0]].type);
		if (url !== undefined) this.send(url, fields, message);
	}

	/** The address in the message overrides the settings of its number and of the license key. */
	private address(message: StoredMessage, type: number): string | undefined {
		const { key, postbackUrl } = outgoingDetail(message);
		return postbackUrl ?? this.state.postbackSettings.address(key, message.from, type);
	}

	private send(url: string, fields: Fields, message: StoredMessage, order?: FireOrder): Postback {
		const headers: Record<string, string> = {
			'Content-Type': 'application/x-www-form-urlencoded',
			'User-Agent': 'CDYNE SMSv2',
			Host: '',
			'Content-Length': '',
			Expect: '100-continue',
			Connection: 'Keep-Alive',
		};
		for (const [name, value] of Object.entries(order?.headers ?? {})) {
			const existing = Object.keys(headers).find((key) => key.toLowerCase() === name.toLowerCase());
			if (existing !== undefined) delete headers[existing];
			if (value !== null) headers[name] = value;
		}
		return this.state.core.postbacks.send({
			provider: 'cdyne',
			kind: order?.kind ?? Object.keys(fields)[0],
			url,
			headers,
			body: order?.body ?? encodeForm(fields, this.state.settings.encodeReceiptText),
			messageId: message.id,
			handset: message.handset,
		});
	}

	private sampleMessage(): StoredMessage {
		const key = this.state.settings.licenseKeys[0];
		return {
			provider: 'cdyne',
			id: randomUUID(),
			direction: 'out',
			kind: 'sms',
			from: this.state.settings.numbers[0] ?? LONG_CODE,
			to: '17575550142',
			handset: '17575550142',
			text: '',
			subject: null,
			reference: null,
			mediaUrls: [],
			inReplyTo: null,
			status: 'sent',
			history: [],
			at: new Date().toISOString(),
			sequence: 0,
			detail: { key, postbackUrl: null, sentAt: null },
		};
	}
}

function parties({ id, reference, from, to }: StoredMessage): Fields {
	return {
		MessageID: id,
		ReferenceID: reference ?? '',
		FromPhoneNumber: from,
		ToPhoneNumber: to,
	};
}

function sentFields(message: StoredMessage, accepted: '0' | '1'): Fields {
	const marker = message.kind === 'mms' ? 'MMSSent' : 'SMSSent';
	const at = outgoingDetail(message).sentAt;
	return {
		[marker]: accepted,
		...parties(message),
		SentTime: formDate(at === null ? new Date() : new Date(at)),
	};
}

function receiptFields(message: StoredMessage, code: string): Fields {
	const [older, newer] = RECEIPTS[code] ?? ['UNKNOWN', 'CarrierErrorUnknown'];
	const sentAt = new Date(outgoingDetail(message).sentAt ?? message.at);
	return {
		DeliveryReceipt: '1',
		...parties(message),
		DeliveryReceiptMessage:
			message.kind === 'mms' ? newer : receiptText(sentAt, new Date(), older, code),
		Code: code,
	};
}

function incomingFields(
	message: StoredMessage,
	{ id, text }: Fragment,
	repliedTo: StoredMessage | undefined,
): Fields {
	return {
		[message.kind === 'mms' ? 'MMSResponse' : 'SMSResponse']: '1',
		MessageID: id,
		MatchedMessageID: repliedTo?.id ?? EMPTY_GUID,
		ReferenceID: repliedTo?.reference ?? '',
		FromPhoneNumber: message.from,
		ToPhoneNumber: message.to,
		ResponseReceiveDate: formDate(new Date(message.at)),
		Message: text,
	};
}

function sampleReply(kind: 'SMS' | 'MMS', repliedTo: StoredMessage): Fields {
	const message: StoredMessage = {
		...repliedTo,
		kind: kind === 'SMS' ? 'sms' : 'mms',
		from: repliedTo.to,
		to: repliedTo.from,
		at: new Date().toISOString(),
	};
	const fragment = { id: randomUUID(), text: 'Yes please', udh: null, read: false };
	return incomingFields(message, fragment, repliedTo);
}
