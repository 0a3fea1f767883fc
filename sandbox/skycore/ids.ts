import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const UPPER_OR_DIGIT = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const DIGITS = '0123456789';

function pick(alphabet: string, length: number): string {
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Generates identifiers in the published formats (docs/providers/skycore.md 2, 6.4, 6.5). */
export class Ids {
	private sequence = 767_867;
	private mms = 35_675;
	private campaign = 1_400;
	private scheduled = 9_001;

	/**
	 * Returns a generator for the TRACKINGIDs of a call: `DrXAFP-Ylpc-JZL`, with the same first and
	 * last part for all ids of the call, or the Base64 of `SMS_767867`, which ends in `==`.
	 */
	trackingIds(style: 'letters' | 'base64', kind: 'SMS' | 'MMS'): () => string {
		if (style === 'base64') {
			return () => Buffer.from(`${kind}_${this.sequence++}`).toString('base64');
		}
		const first = pick(LETTERS, 6);
		const last = pick(LETTERS, 3);
		const used = new Set<string>();
		return () => {
			let middle = pick(LETTERS, 4);
			while (used.has(middle)) middle = pick(LETTERS, 4);
			used.add(middle);
			return `${first}-${middle}-${last}`;
		};
	}

	/** Returns the id of an incoming SMS: `511XG-02294-192SA-482H8`. */
	transaction(): string {
		return Array.from({ length: 4 }, () => pick(UPPER_OR_DIGIT, 5)).join('-');
	}

	/** Returns the id of an incoming MMS: `MMS_MO_iLnCRrL6`. */
	inbox(): string {
		return `MMS_MO_${pick(LETTERS + DIGITS, 8)}`;
	}

	aggregator(): string {
		return pick(DIGITS, 12);
	}

	session(): string {
		return pick(LETTERS.toLowerCase() + DIGITS, 26);
	}

	nextMms(): string {
		return String(this.mms++);
	}

	nextCampaign(): string {
		return String(this.campaign++);
	}

	nextScheduled(): string {
		return String(this.scheduled++);
	}
}
