import { randomInt } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const UPPER_OR_DIGIT = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';
const DIGITS = '0123456789';

function pick(alphabet: string, length: number): string {
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

/** Identifiers in the published forms (docs/providers/skycore.md 2, 6.4, 6.5). */
export class Ids {
	private sequence = 767_867;
	private mms = 35_675;
	private campaign = 1_400;
	private scheduled = 9_001;

	/**
	 * Makes the TRACKINGIDs of one call: `DrXAFP-Ylpc-JZL`, where those of a call share their first
	 * and last part, or Base64 of `SMS_767867`, which ends in `==`.
	 */
	trackingIds(style: 'letters' | 'base64', kind: 'SMS' | 'MMS'): () => string {
		if (style === 'base64') {
			return () => Buffer.from(`${kind}_${this.sequence++}`).toString('base64');
		}
		const first = pick(LETTERS, 6);
		const last = pick(LETTERS, 3);
		const taken = new Set<string>();
		return () => {
			let middle = pick(LETTERS, 4);
			while (taken.has(middle)) middle = pick(LETTERS, 4);
			taken.add(middle);
			return `${first}-${middle}-${last}`;
		};
	}

	/** Of an incoming SMS: `511XG-02294-192SA-482H8`. */
	transaction(): string {
		return Array.from({ length: 4 }, () => pick(UPPER_OR_DIGIT, 5)).join('-');
	}

	/** Of an incoming MMS: `MMS_MO_iLnCRrL6`. */
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
