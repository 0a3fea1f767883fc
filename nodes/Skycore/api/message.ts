import { throwFailure } from '../../shared/errors/failure';
import type { XmlElement } from '../../shared/formats/xml';
import { smsMessage, type SmsMessage } from '../../shared/model/message';
import type { Report } from '../../shared/model/output';
import { countSegments } from '../../shared/model/segments';
import { PROVIDER } from '../name';
import {
	toSkycoreFailure,
	mayHaveAccepted,
	isRejected,
	readRejection,
	toJsonValue,
	trimmedText,
} from '../wire';

/** Reads messages from responses (docs/providers/skycore.md 2). */

/** Additional fields of Skycore's messages: the reference and the campaign, or the saved MMS. */
export interface Extras {
	subscriberRef?: string;
	campaignRef?: string;
	mmsId?: string;
}

/** The message to one recipient, and the part of the response that it was read from. */
export interface SkycoreReport extends Report<unknown> {
	message: SmsMessage & Extras;
	element: XmlElement;
}

export type MessageDraft = Partial<SmsMessage> & Extras;

/**
 * Reads a message from a response, or from its part about one recipient. INFERRED: a rejected
 * SUBSCRIBER has the fields of a rejected response (docs/providers/skycore.md 3.1).
 */
export function readReport(element: XmlElement, draft: MessageDraft): SkycoreReport {
	const message = { ...draft, provider: PROVIDER };
	message.to = trimmedText(element, 'TO') ?? draft.to ?? null;
	// the platform may send from another code than the requested one (docs/providers/skycore.md 1.4)
	message.from = trimmedText(element, 'FROM') ?? draft.from ?? null;
	const raw = toJsonValue(element);
	const providerStatus = trimmedText(element, 'STATUS');
	if (isRejected(element)) {
		const { code, reason } = readRejection(element);
		const mayBeSent = mayHaveAccepted(element);
		const rejected = smsMessage<Extras>({
			...message,
			status: mayBeSent ? 'unknown' : 'failed',
			isFinal: !mayBeSent,
			providerStatus: providerStatus ?? 'Failure',
			errorCode: code,
			errorMessage: reason,
		});
		return { message: rejected, element, raw };
	}
	const messageId = trimmedText(element, 'TRACKINGID');
	const accepted = smsMessage<Extras>({
		...message,
		messageId,
		// INFERRED: without an ID it is not known whether the message was accepted
		status: messageId === null ? 'unknown' : 'queued',
		providerStatus: providerStatus ?? 'accepted',
	});
	return { message: accepted, element, raw };
}

/** The parts of a response that are about one recipient each. */
export function recipientsOf(root: XmlElement): XmlElement[] {
	return root.children.filter(({ name }) => name === 'SUBSCRIBER' || name === 'SENDING');
}

/** Reads the response to a send. @returns one report per recipient, including rejected ones */
export function readReports(root: XmlElement, draft: MessageDraft): SkycoreReport[] {
	const recipients = recipientsOf(root);
	if (recipients.length > 0) return recipients.map((element) => readReport(element, draft));
	if (trimmedText(root, 'STATUS') === null && trimmedText(root, 'TRACKINGID') === null) {
		throwFailure({
			kind: 'malformed',
			message: 'Expected a STATUS or a TRACKINGID from Skycore, got a RESPONSE with neither',
		});
	}
	return [readReport(root, draft)];
}

/**
 * Reads the response to a send to a single number.
 *
 * @returns one report, unless Skycore made several messages of it
 * @throws Failure if the number was rejected, or if no message has a tracking ID
 */
export function readSingleSend(root: XmlElement, draft: MessageDraft): SkycoreReport[] {
	const reports = readReports(root, draft);
	if (reports.some(({ message }) => message.status === 'queued')) return reports;
	const [{ element }] = reports;
	if (isRejected(element)) throw toSkycoreFailure(element);
	return throwFailure({
		kind: 'malformed',
		message: 'Expected a TRACKINGID from Skycore, got a success without one',
	});
}

export function segmentsOf(text: string): MessageDraft {
	const { segments, encoding } = countSegments(text);
	return { segments, encoding };
}
