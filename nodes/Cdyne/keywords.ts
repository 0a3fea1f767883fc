import { fail, failInput } from '../shared/errors';
import type { Item, Output } from '../shared/item';
import { asTyped, bare, quoted, withoutFraction } from '../shared/pasted';
import { TEXT, TEXT_OR_NULL } from '../shared/schema';
import type { Keyword } from './api/keywords';
import { PROVIDER } from './name';

/** The keyword and short code of an item. @throws Failure where one is missing */
export function keywordOf(item: Item): { keyword: string; shortCode: string } {
	const keyword = asTyped(item.chosen('keyword'));
	const shortCode = withoutFraction(bare(item.chosen('shortCode'))).value;
	if (keyword.length < 3) {
		failInput(`The keyword ${quoted(keyword)} is too short`, 'It needs at least three characters.');
	}
	if (!/^\d+$/.test(shortCode)) {
		failInput(`${quoted(shortCode)} is not a short code`, 'Give its digits, such as 55512.');
	}
	return { keyword, shortCode };
}

export const keywordShape = {
	provider: TEXT,
	keyword: TEXT_OR_NULL,
	shortCode: TEXT_OR_NULL,
	assignedAt: TEXT_OR_NULL,
	result: TEXT,
};

export function keywordOutput({ keyword, shortCode, assignedAt, result, raw }: Keyword): Output {
	return {
		json: { provider: PROVIDER, keyword, shortCode, assignedAt, result: result.name },
		raw,
	};
}

/** The outcome of a change. @throws Failure with the provider's name for a refusal */
export function changedKeyword(keyword: Keyword): Output[] {
	const { name, number } = keyword.result;
	if (!['NoError', 'KeywordAdded', 'KeywordRemoved'].includes(name)) {
		fail({
			kind: name === 'KeywordNotFound' ? 'notFound' : 'rejected',
			message: `CDYNE answered ${name} for the keyword "${keyword.keyword ?? ''}"`,
			code: String(number ?? name),
			description: 'Check the keyword, and that the short code belongs to this license key.',
		});
	}
	return [keywordOutput(keyword)];
}
