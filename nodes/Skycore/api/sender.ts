import { fromSkycoreForm, toSkycoreForm } from '../number';
import type { Field } from '../wire';
import type { MessageDraft } from './message';

/** The sender, the recipient and related options of a send to a number. */
export interface Sender {
	/** E.164. */
	to: string;
	/** A short code or a long code, in digits. */
	from: string;
	fromMask?: string;
	operatorId?: string;
	campaignRef?: string;
}

/** The sender as elements of a request. */
export function senderFields({ to, from, fromMask, operatorId, campaignRef }: Sender): Field[] {
	return [
		['TO', toSkycoreForm(to)],
		['FROM', from],
		['FROM_MASK', fromMask],
		['OPERATORID', operatorId],
		['CAMPAIGNREF', campaignRef],
	];
}

/** The sender as fields of a message. */
export function senderDraft({ to, from, campaignRef }: Sender): MessageDraft {
	return { to, from: fromSkycoreForm(from), ...(campaignRef !== undefined && { campaignRef }) };
}
