import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { Lifecycle } from './lifecycle';
import { dataUrl, fetchMedia, fileNameOf, type MediaFile } from './media';
import type { ReadDate } from './read';
import { MessageStatuses, SMSErrors } from './schema';
import { destination, isShortCode, accountNumber, keyStatus } from './settings';
import type { CdyneState, OutgoingDetail } from './state';
import { asGsm, split } from './text';

/** A text to a recipient, from any of the send operations. */
export interface SendOrder {
	key: string;
	to: string;
	text: string;
	/** '' if CDYNE chooses the sender. */
	from: string;
	unicode: boolean;
	concatenate: boolean;
	reference: string | null;
	schedule: ReadDate | null;
	postbackUrl: string | null;
	mms?: { subject: string | null; media: MediaFile[]; urls: string[]; incomplete: boolean };
}

const ERROR = SMSErrors.values;
const STATUS = MessageStatuses.values;

/** Why a message is rejected, with the codes of the older and the newer operations. */
const REJECTIONS = {
	licenseKey: [ERROR.LicenseKeyInvalid, STATUS.InvalidLicenseKey],
	suspended: [ERROR.ContactCdyneAccountSuspended, STATUS.AccountSuspended],
	destination: [ERROR.PhoneNumberInvalid, STATUS.InvalidDestination],
	message: [ERROR.MessageInvalid, STATUS.NoMessage],
	tooLarge: [ERROR.MessageInvalid, STATUS.MessageExceedsLimit],
	mediaMissing: [ERROR.MessageInvalid, STATUS.Failed],
	schedule: [ERROR.ScheduledDateTimeIsNotUTC, STATUS.InvalidDateTime],
	sender: [ERROR.InvalidAssignedDID, STATUS.InvalidDid],
	noSender: [ERROR.AssignedDIDRequired, STATUS.MissingDidOrInvalidMessageId],
	optedOut: [ERROR.STOPfromPhoneNumber, STATUS.StopOnPhoneNumber],
	internal: [ERROR.InternalError, STATUS.Failed],
} as const;

export type Rejection = keyof typeof REJECTIONS;

export function smsError(rejection: Rejection): number {
	return REJECTIONS[rejection][0];
}

export function messageStatus(rejection: Rejection): number {
	return REJECTIONS[rejection][1];
}

const MAX_MMS_BYTES = 1024 * 1024;

/** Accepts or rejects messages. */
export class Sending {
	private nextLongCode = 0;

	constructor(
		private readonly state: CdyneState,
		private readonly lifecycle: Lifecycle,
	) {}

	/** Checks in the order of docs/providers/cdyne.md section 11. */
	accept(order: SendOrder): StoredMessage | Rejection {
		const { settings, optOuts, core } = this.state;
		const keyRejection = this.keyRejection(order.key);
		if (keyRejection !== undefined) return keyRejection;
		const to = destination(order.to);
		const outcome = core.numbers.outcome(order.to);
		if (to === null || outcome === 'rejected') return 'destination';
		if (order.mms !== undefined && to.startsWith('011')) return 'destination';
		const invalidContent = contentRejection(order);
		if (invalidContent !== undefined) return invalidContent;
		if (order.schedule !== null && order.schedule.kind !== 'utc') return 'schedule';
		const from = order.from === '' ? this.sender(to) : accountNumber(settings, order.from);
		if (from === undefined) return order.from === '' ? 'noSender' : 'sender';
		if (optOuts.has(order.key, to)) return 'optedOut';
		if (outcome === 'internalError') return 'internal';
		return this.store({ ...order, to, from });
	}

	keyRejection(key: string): 'licenseKey' | 'suspended' | undefined {
		const status = keyStatus(this.state.settings, key);
		if (status === 'unknown') return 'licenseKey';
		return status === 'suspended' ? 'suspended' : undefined;
	}

	/** Loads the attachments of an MMS: addresses, or ids of uploaded files. */
	async loadAttachments(
		key: string,
		attachments: string[],
	): Promise<Omit<SendOrder['mms'] & {}, 'subject'>> {
		const media: MediaFile[] = [];
		const urls: string[] = [];
		let incomplete = false;
		for (const attachment of attachments) {
			const uploaded = /^\d+$/.test(attachment)
				? this.state.media.find(key, Number(attachment))
				: undefined;
			const bytes = uploaded === undefined ? await fetchMedia(attachment) : null;
			const file = uploaded ?? (bytes && this.state.media.add(key, fileNameOf(attachment), bytes));
			if (!file) {
				incomplete = true;
				continue;
			}
			media.push(file);
			urls.push(dataUrl(file));
		}
		return { media, urls, incomplete };
	}

	private store(order: SendOrder): StoredMessage {
		const { core } = this.state;
		// an MMS is always Unicode
		const unicode = order.unicode || order.mms !== undefined;
		const due = order.schedule?.time;
		const later = due !== undefined && due.getTime() > Date.now();
		const files = order.mms?.media ?? [];
		const detail: OutgoingDetail = {
			key: order.key,
			postbackUrl: order.postbackUrl || null,
			attachments: files.length > 0 ? files.map((file) => file.id).join(',') : null,
			segments: order.mms === undefined ? split(order.text, unicode, order.concatenate).length : 1,
			sentAt: null,
			cancelled: false,
			code: null,
			automatic: false,
		};
		const message = core.messages.add({
			provider: 'cdyne',
			id: randomUUID(),
			direction: 'out',
			kind: order.mms === undefined ? 'sms' : 'mms',
			from: order.from,
			to: order.to,
			text: unicode ? order.text : asGsm(order.text),
			subject: order.mms?.subject ?? null,
			reference: order.reference || null,
			mediaUrls: order.mms?.urls ?? [],
			status: later ? 'scheduled' : 'queued',
			detail: { ...detail },
		});
		for (const file of files) file.outgoingId = message.id;
		this.lifecycle.start(message, due);
		return message;
	}

	/** For the US and Canada a short code is preferred. Otherwise long codes are used in turn. */
	private sender(to: string): string | undefined {
		const { numbers } = this.state.settings;
		const shortCode = numbers.find(isShortCode);
		if (shortCode !== undefined && !to.startsWith('011')) return shortCode;
		const longCodes = numbers.filter((number) => !isShortCode(number));
		return longCodes[this.nextLongCode++ % Math.max(1, longCodes.length)];
	}
}

function contentRejection({ text, mms }: SendOrder): Rejection | undefined {
	if (mms === undefined) return text === '' ? 'message' : undefined;
	if (mms.incomplete) return 'mediaMissing';
	if (text === '' && mms.media.length === 0) return 'message';
	const bytes = mms.media.reduce((sum, file) => sum + file.bytes.length, 0);
	return bytes > MAX_MMS_BYTES ? 'tooLarge' : undefined;
}
