import { fail } from '../../shared/errors';
import { smsMessage } from '../../shared/message';
import type { SmsMessage } from '../../shared/message';
import { countSegments } from '../../shared/segments';
import type { XmlElement } from '../../shared/xml';
import { PROVIDER } from '../name';
import { failureOf, isDoubtful, isRefused, refusalOf, valueOf, word } from '../wire';

/** Messages as Skycore reports them (docs/providers/skycore.md 2). */

/** What messages of Skycore have besides: the reference they went to, its campaign, the stored MMS. */
export interface Extras {
	subscriberRef?: string;
	campaignRef?: string;
	mmsId?: string;
}

/** What became of one recipient, and the part of the answer that says so. */
export interface Report {
	message: SmsMessage & Extras;
	element: XmlElement;
	raw: unknown;
}

/** What the node knows of a message before it is sent. */
export type Known = Partial<SmsMessage> & Extras;

/** A message out of an answer, or out of the part of one that is about one recipient (2). */
export function readReport(element: XmlElement, known: Known): Report {
	const message = { ...known, provider: PROVIDER };
	message.to = word(element, 'TO') ?? known.to ?? null;
	// the platform may send from another code than the one asked for (1.4)
	message.from = word(element, 'FROM') ?? known.from ?? null;
	const raw = valueOf(element);
	const providerStatus = word(element, 'STATUS');
	if (isRefused(element)) {
		const { code, words } = refusalOf(element);
		const isOpen = isDoubtful(element);
		const refused = smsMessage<Extras>({
			...message,
			// a fault inside Skycore leaves open whether the message is out
			status: isOpen ? 'unknown' : 'failed',
			isFinal: !isOpen,
			providerStatus: providerStatus ?? 'Failure',
			errorCode: code,
			errorMessage: words,
		});
		return { message: refused, element, raw };
	}
	const messageId = word(element, 'TRACKINGID');
	const accepted = smsMessage<Extras>({
		...message,
		messageId,
		// without an id it is no success
		status: messageId === null ? 'unknown' : 'queued',
		providerStatus: providerStatus ?? 'accepted',
	});
	return { message: accepted, element, raw };
}

/** The parts of an answer that are about one recipient each. */
export function recipientsOf(root: XmlElement): XmlElement[] {
	return root.children.filter(({ name }) => name === 'SUBSCRIBER' || name === 'SENDING');
}

/** @returns one report per recipient; none is left out */
export function readSent(root: XmlElement, known: Known): Report[] {
	const recipients = recipientsOf(root);
	if (recipients.length > 0) return recipients.map((element) => readReport(element, known));
	if (word(root, 'STATUS') === null && word(root, 'TRACKINGID') === null) {
		fail({
			kind: 'malformed',
			message: 'Expected a STATUS or a TRACKINGID of Skycore, got a RESPONSE with neither',
		});
	}
	return [readReport(root, known)];
}

/**
 * The reports of a send to one number: one, unless Skycore took it for several messages.
 *
 * @throws Failure where that number was refused, or nothing says that the message is out
 */
export function readOne(root: XmlElement, known: Known): Report[] {
	const reports = readSent(root, known);
	if (reports.some(({ message }) => message.status === 'queued')) return reports;
	const [{ element }] = reports;
	if (isRefused(element)) throw failureOf(element);
	return fail({
		kind: 'malformed',
		message: 'Expected a TRACKINGID of Skycore, got a success without one',
	});
}

export function countedOf(text: string): Known {
	const { segments, encoding } = countSegments(text);
	return { segments, encoding };
}
