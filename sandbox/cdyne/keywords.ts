import { systemWord } from './optouts';
import { KeywordReturnCodes } from './schema';
import { isShortCode, type CdyneSettings } from './settings';

const CODE = KeywordReturnCodes.values;

export interface KeywordRequest {
	Keyword: string | null;
	ShortCode: string | null;
}

interface Keyword {
	key: string;
	keyword: string;
	shortCode: string;
	at: Date;
}

/** Keywords on short codes, each assigned to a license key. */
export class Keywords {
	private entries: Keyword[] = [];

	constructor(private readonly settings: CdyneSettings) {}

	list(key: string) {
		return this.entries.filter((entry) => entry.key === key).map((entry) => toResponse(entry, 0));
	}

	assign(key: string, requests: KeywordRequest[]) {
		return requests.map((request) => {
			const entry = this.newEntry(key, request);
			const code = this.rejection(entry) ?? CODE.KeywordAdded;
			if (code === CODE.KeywordAdded) this.entries.push(entry);
			return toResponse(entry, code);
		});
	}

	remove(key: string, requests: KeywordRequest[]) {
		return requests.map((request) => {
			const requested = this.newEntry(key, request);
			const entry = this.find(requested.keyword, requested.shortCode);
			if (entry?.key !== key) return toResponse(requested, CODE.KeywordNotFound);
			this.entries = this.entries.filter((other) => other !== entry);
			return toResponse(entry, CODE.KeywordRemoved);
		});
	}

	/** Returns the license key that receives an unsolicited text to a short code. */
	owner(text: string, shortCode: string): string | undefined {
		return this.find(text.trim(), shortCode)?.key;
	}

	clear(): void {
		this.entries = [];
	}

	private newEntry(key: string, { Keyword, ShortCode }: KeywordRequest): Keyword {
		return {
			key,
			keyword: (Keyword ?? '').trim(),
			shortCode: (ShortCode ?? '').trim(),
			at: new Date(),
		};
	}

	private rejection({ keyword, shortCode }: Keyword): number | undefined {
		if (!isShortCode(shortCode)) return CODE.ShortCodeInvalid;
		if (!this.settings.numbers.includes(shortCode)) return CODE.ShortCodeNotAssignedToKey;
		if (!/^[\p{L}\p{N}]{3,}$/u.test(keyword) || systemWord(keyword)) return CODE.KeywordInvalid;
		return this.find(keyword, shortCode) === undefined ? undefined : CODE.KeywordAlreadyInUse;
	}

	private find(keyword: string, shortCode: string): Keyword | undefined {
		return this.entries.find(
			(entry) =>
				entry.shortCode === shortCode && entry.keyword.toLowerCase() === keyword.toLowerCase(),
		);
	}
}

function toResponse({ keyword, shortCode, at }: Keyword, code: number) {
	return { EntryDate: at, Keyword: keyword, ReturnCode: code, ShortCode: shortCode };
}
