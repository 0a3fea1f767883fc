import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../messages';
import type { Life } from './life';
import { dataUrl, fetchMedia, fileNameOf, type MediaFile } from './media';
import type { Office, OutgoingDetail } from './office';
import type { ReadDate } from './read';
import { MessageStatuses, SMSErrors } from './schema';
import { destination, isShortCode, ownNumber, standing } from './settings';
import { asGsm, split } from './text';

/** One text to one recipient, whichever operation it came by. */
export interface SendOrder {
	key: string;
	to: string;
	text: string;
	/** Empty: CDYNE chooses. */
	from: string;
	unicode: boolean;
	concatenate: boolean;
	reference: string | null;
	schedule: ReadDate | null;
	postbackUrl: string | null;
	mms?: { subject: string | null; media: MediaFile[]; urls: string[]; lost: boolean };
}

const ERROR = SMSErrors.values;
const STATUS = MessageStatuses.values;

/** Why a message is refused, in the words of the older and the newer operations. */
const REFUSALS = {
	licenseKey: [ERROR.LicenseKeyInvalid, STATUS.InvalidLicenseKey],
	suspended: [ERROR.ContactCdyneAccountSuspended, STATUS.AccountSuspended],
	destination: [ERROR.PhoneNumberInvalid, STATUS.InvalidDestination],
	message: [ERROR.MessageInvalid, STATUS.NoMessage],
	tooLarge: [ERROR.MessageInvalid, STATUS.MessageExceedsLimit],
	mediaLost: [ERROR.MessageInvalid, STATUS.Failed],
	schedule: [ERROR.ScheduledDateTimeIsNotUTC, STATUS.InvalidDateTime],
	sender: [ERROR.InvalidAssignedDID, STATUS.InvalidDid],
	noSender: [ERROR.AssignedDIDRequired, STATUS.MissingDidOrInvalidMessageId],
	optedOut: [ERROR.STOPfromPhoneNumber, STATUS.StopOnPhoneNumber],
	internal: [ERROR.InternalError, STATUS.Failed],
} as const;

export type Refusal = keyof typeof REFUSALS;

export function smsError(refusal: Refusal): number {
	return REFUSALS[refusal][0];
}

export function messageStatus(refusal: Refusal): number {
	return REFUSALS[refusal][1];
}

/** An MMS holds 1 MB. */
const MMS_BYTES = 1024 * 1024;

/** Takes messages in, or refuses them. */
export class Sending {
	private turn = 0;

	constructor(
		private readonly office: Office,
		private readonly life: Life,
	) {}

	/** The checks in the order of docs/providers/cdyne.md section 11. */
	accept(order: SendOrder): StoredMessage | Refusal {
		const { settings, optOuts, core } = this.office;
		const account = this.keyRefusal(order.key);
		if (account !== undefined) return account;
		const to = destination(order.to);
		const outcome = core.numbers.outcome(order.to);
		if (to === null || outcome === 'rejected') return 'destination';
		if (order.mms !== undefined && to.startsWith('011')) return 'destination';
		const content = contentRefusal(order);
		if (content !== undefined) return content;
		if (order.schedule !== null && order.schedule.kind !== 'utc') return 'schedule';
		const from = order.from === '' ? this.sender(to) : ownNumber(settings, order.from);
		if (from === undefined) return order.from === '' ? 'noSender' : 'sender';
		if (optOuts.has(order.key, to)) return 'optedOut';
		if (outcome === 'internalError') return 'internal';
		return this.store({ ...order, to, from });
	}

	keyRefusal(key: string): 'licenseKey' | 'suspended' | undefined {
		const account = standing(this.office.settings, key);
		if (account === 'unknown') return 'licenseKey';
		return account === 'suspended' ? 'suspended' : undefined;
	}

	/** The files behind the attachments of an MMS: addresses, or ids of files uploaded before. */
	async gather(
		key: string,
		attachments: string[],
	): Promise<Omit<SendOrder['mms'] & {}, 'subject'>> {
		const media: MediaFile[] = [];
		const urls: string[] = [];
		let lost = false;
		for (const attachment of attachments) {
			const known = /^\d+$/.test(attachment)
				? this.office.media.find(key, Number(attachment))
				: undefined;
			const bytes = known === undefined ? await fetchMedia(attachment) : null;
			const file = known ?? (bytes && this.office.media.add(key, fileNameOf(attachment), bytes));
			if (!file) {
				lost = true;
				continue;
			}
			media.push(file);
			urls.push(dataUrl(file));
		}
		return { media, urls, lost };
	}

	private store(order: SendOrder): StoredMessage {
		const { core } = this.office;
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
		this.life.start(message, due);
		return message;
	}

	/** A short code writes to the US and Canada only, and comes first there; long codes take turns. */
	private sender(to: string): string | undefined {
		const { numbers } = this.office.settings;
		const shortCode = numbers.find(isShortCode);
		if (shortCode !== undefined && !to.startsWith('011')) return shortCode;
		const longCodes = numbers.filter((number) => !isShortCode(number));
		return longCodes[this.turn++ % Math.max(1, longCodes.length)];
	}
}

function contentRefusal({ text, mms }: SendOrder): Refusal | undefined {
	if (mms === undefined) return text === '' ? 'message' : undefined;
	if (mms.lost) return 'mediaLost';
	if (text === '' && mms.media.length === 0) return 'message';
	const bytes = mms.media.reduce((sum, file) => sum + file.bytes.length, 0);
	return bytes > MMS_BYTES ? 'tooLarge' : undefined;
}
