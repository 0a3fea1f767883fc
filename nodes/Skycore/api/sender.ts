import type { Field } from '../wire';
import type { Known } from './message';

export interface Sender {
	/** Digits, with the country code. */
	to: string;
	from: string;
	fromMask?: string;
	operatorId?: string;
	campaignRef?: string;
}

export function senderFields({ to, from, fromMask, operatorId, campaignRef }: Sender): Field[] {
	return [
		['TO', to],
		['FROM', from],
		['FROM_MASK', fromMask],
		['OPERATORID', operatorId],
		['CAMPAIGNREF', campaignRef],
	];
}

export function knownOf({ to, from, campaignRef }: Sender): Known {
	return { to, from, ...(campaignRef !== undefined && { campaignRef }) };
}
