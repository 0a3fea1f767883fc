import type { Field } from '../wire';
import type { MessageDraft } from './message';

/** The sender, the recipient and related options of a send to a number. */
export interface Sender {
	/** Digits, with the country code. */
	to: string;
	from: string;
	fromMask?: string;
	operatorId?: string;
	campaignRef?: string;
}

/** The sender as elements of a request. */
export function senderFields({ to, from, fromMask, operatorId, campaignRef }: Sender): Field[] {
	return [
		['TO', to],
		['FROM', from],
		['FROM_MASK', fromMask],
		['OPERATORID', operatorId],
		['CAMPAIGNREF', campaignRef],
	];
}

/** The sender as fields of a message. */
export function senderDraft({ to, from, campaignRef }: Sender): MessageDraft {
	return { to, from, ...(campaignRef !== undefined && { campaignRef }) };
}
