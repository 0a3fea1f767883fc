import { Failure } from '../../shared/errors/failure';
import type { XmlElement } from '../../shared/formats/xml';
import type { HttpResponse } from '../../shared/http/response';
import { smsMessage, type SmsMessage } from '../../shared/model/message';
import { accepted, combineAll, type Outcome, UNTRIED } from '../../shared/model/outcome';
import { messageOutput, type Output } from '../../shared/model/output';
import { countSegments } from '../../shared/model/segments';
import { outcomeOf } from '../../shared/http/sendRequest';
import { PROVIDER } from '../name';
import { fromSkycoreForm, recipientIn } from '../number';
import {
	isRejected,
	readRejection,
	readRoot,
	toJsonValue,
	toSkycoreFailure,
	trimmedText,
} from '../wire';

/** Reads messages from responses (docs/providers/skycore.md 2). */

/** Additional fields of Skycore's messages: the reference and the campaign, or the saved MMS. */
export interface Extras {
	subscriberRef?: string;
	campaignRef?: string;
	mmsId?: string;
}

export type MessageDraft = Partial<SmsMessage> & Extras;

/** Whether a status is that of a rejection, even beside a tracking ID. */
const REJECTED_STATUS = /^(?:failure|failed|error)$/i;

/**
 * What a response, or its part about one recipient, states about the message. INFERRED: a rejected
 * SUBSCRIBER has the fields of a rejected response (docs/providers/skycore.md 3.1), and only a
 * tracking ID makes it certain that the message was accepted.
 */
function readOutcome(element: XmlElement, draft: MessageDraft): Outcome {
	const messageId = trimmedText(element, 'TRACKINGID');
	const word = trimmedText(element, 'STATUS');
	const message = {
		...draft,
		provider: PROVIDER,
		messageId,
		to: recipientIn(trimmedText(element, 'TO'), draft.to),
		// the platform may send from another code than the requested one (docs/providers/skycore.md 1.4)
		from: fromSkycoreForm(trimmedText(element, 'FROM')) ?? draft.from ?? null,
	};
	const outputWith = (
		fields: Pick<SmsMessage, 'status' | 'providerStatus'> & Partial<SmsMessage>,
	) => messageOutput(smsMessage<Extras>({ ...message, ...fields }), toJsonValue(element));
	const hasRejectedStatus = word !== null && REJECTED_STATUS.test(word);
	if (messageId !== null && !hasRejectedStatus) {
		return accepted([outputWith({ status: 'queued', providerStatus: word ?? 'accepted' })]);
	}
	if (!isRejected(element)) {
		const failure = new Failure({
			kind: 'malformed',
			message: 'Expected a TRACKINGID from Skycore, got a success without one',
		});
		const output = outputWith({ status: 'unknown', providerStatus: word ?? 'accepted' });
		return outcomeOf(failure, [output]);
	}
	const { code, reason } = readRejection(element);
	const rejection = toSkycoreFailure(element, draft.to === undefined);
	// a rejection with a tracking ID contradicts itself
	const isCertain = rejection.nothingAccepted && messageId === null;
	const output = outputWith({
		status: isCertain ? 'failed' : 'unknown',
		isFinal: isCertain,
		providerStatus: word ?? 'Failure',
		errorCode: code,
		errorMessage: reason,
	});
	const failure = isCertain ? rejection : rejection.with({ nothingAccepted: false });
	return outcomeOf(failure, [output]);
}

/** The parts of a response that are about one recipient each. */
function recipientsOf(root: XmlElement): XmlElement[] {
	return root.children.filter(({ name }) => name === 'SUBSCRIBER' || name === 'SENDING');
}

/** What the parts of a response about one recipient each state, and what the whole states. */
function readStatements(root: XmlElement, draft: MessageDraft) {
	const parts = recipientsOf(root).map((element) => readOutcome(element, draft));
	// beside parts, a success of the whole says nothing more than they do
	const isSilent = !isRejected(root) && trimmedText(root, 'TRACKINGID') === null;
	if (isSilent && (parts.length > 0 || trimmedText(root, 'STATUS') === null)) {
		const message = 'Expected a STATUS or a TRACKINGID from Skycore, got a RESPONSE with neither';
		const nothing = outcomeOf(new Failure({ kind: 'malformed', message }));
		return { parts, whole: parts.length > 0 ? UNTRIED : nothing };
	}
	return { parts, whole: readOutcome(root, draft) };
}

/** Reads the response to a send to one number. It may be about several messages to that number. */
export function readSingleSend(response: HttpResponse, draft: MessageDraft): Outcome[] {
	const { parts, whole } = readStatements(readRoot(response), draft);
	return [combineAll([...parts, whole])];
}

/**
 * Reads the response to a send to all numbers of a reference. They are one intent, because they
 * cannot be sent to separately. The outputs are about all numbers that the response names.
 *
 * @param nobody the failure for a response that names no number
 */
export function readGroupSend(
	response: HttpResponse,
	draft: MessageDraft,
	nobody: Failure,
): Outcome[] {
	const root = readRoot(response);
	const references = {
		subscriberRef: trimmedText(root, 'SUBSCRIBERREF') ?? draft.subscriberRef,
		campaignRef: trimmedText(root, 'CAMPAIGNREF') ?? draft.campaignRef,
	};
	const { parts, whole } = readStatements(root, { ...draft, ...references });
	if (parts.length === 0) {
		if (whole.kind === 'accepted') return [whole];
		// the rejection of the whole group is an error, not a message
		if ('failure' in whole && isRejected(root)) return [{ ...whole, outputs: undefined }];
		return [outcomeOf(nobody)];
	}
	const combined = combineAll([...parts, whole]);
	const isOfWhole = whole.kind === 'accepted' && parts.every(({ kind }) => kind !== 'accepted');
	const outputs = [...parts, ...(isOfWhole ? [whole] : [])].flatMap((outcome): Output[] =>
		'outputs' in outcome ? (outcome.outputs ?? []) : [],
	);
	return [combined.kind === 'untried' ? combined : { ...combined, outputs }];
}

export function segmentsOf(text: string): MessageDraft {
	const { segments, encoding } = countSegments(text);
	return { segments, encoding };
}
