import { systemWord } from './optouts';
import { KeywordReturnCodes } from './schema';
import { isShortCode, type CdyneSettings } from './settings';

const CODE = KeywordReturnCodes.values;

export interface KeywordWish {
	Keyword: string | null;
	ShortCode: string | null;
}

interface Keyword {
	key: string;
	keyword: string;
	shortCode: string;
	at: Date;
}

/** Words on short codes and the license key that has each. */
export class Keywords {
	private entries: Keyword[] = [];

	constructor(private readonly settings: CdyneSettings) {}

	list(key: string) {
		return this.entries.filter((entry) => entry.key === key).map((entry) => shown(entry, 0));
	}

	assign(key: string, wishes: KeywordWish[]) {
		return wishes.map((wish) => {
			const entry = this.wanted(key, wish);
			const code = this.refusal(entry) ?? CODE.KeywordAdded;
			if (code === CODE.KeywordAdded) this.entries.push(entry);
			return shown(entry, code);
		});
	}

	remove(key: string, wishes: KeywordWish[]) {
		return wishes.map((wish) => {
			const wanted = this.wanted(key, wish);
			const entry = this.find(wanted.keyword, wanted.shortCode);
			if (entry?.key !== key) return shown(wanted, CODE.KeywordNotFound);
			this.entries = this.entries.filter((other) => other !== entry);
			return shown(entry, CODE.KeywordRemoved);
		});
	}

	/** Whose an unsolicited text to a short code is. */
	owner(text: string, shortCode: string): string | undefined {
		return this.find(text.trim(), shortCode)?.key;
	}

	clear(): void {
		this.entries = [];
	}

	private wanted(key: string, { Keyword, ShortCode }: KeywordWish): Keyword {
		return {
			key,
			keyword: (Keyword ?? '').trim(),
			shortCode: (ShortCode ?? '').trim(),
			at: new Date(),
		};
	}

	private refusal({ keyword, shortCode }: Keyword): number | undefined {
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

function shown({ keyword, shortCode, at }: Keyword, code: number) {
	return { EntryDate: at, Keyword: keyword, ReturnCode: code, ShortCode: shortCode };
}
