import type { INodeProperties } from 'n8n-workflow';
import { throwFailure, throwInvalidInput } from '../../shared/errors/failure';
import { quoted } from '../../shared/errors/quoted';
import type { Item } from '../../shared/input/item';
import {
	normalizeInput,
	stripWrapping,
	repairSpreadsheetNumber,
} from '../../shared/input/normalizeInput';
import type { Output } from '../../shared/model/output';
import { TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { listField } from '../../shared/panel/listField';
import type { Keyword } from '../api/keywords';
import { PROVIDER } from '../name';

export const shortCodeField: INodeProperties = listField(
	{
		displayName: 'Short Code',
		name: 'shortCode',
		description: 'The short code that people text the keyword to',
	},
	'searchShortCodes',
	{ label: 'By Number', example: '55512' },
);

/** The keyword and short code of an item. @throws Failure if one of them is not valid */
export function readKeyword(item: Item): { keyword: string; shortCode: string } {
	const keyword = normalizeInput(item.locatorValue('keyword'));
	const shortCode = repairSpreadsheetNumber(stripWrapping(item.locatorValue('shortCode'))).value;
	if (keyword.length < 3) {
		throwInvalidInput(
			`The keyword ${quoted(keyword)} is too short`,
			'It needs at least three characters.',
		);
	}
	if (!/^\d+$/.test(shortCode)) {
		throwInvalidInput(
			`${quoted(shortCode)} is not a short code`,
			'Enter its digits, such as 55512.',
		);
	}
	return { keyword, shortCode };
}

export const keywordSchema = {
	provider: TEXT,
	keyword: TEXT_OR_NULL,
	shortCode: TEXT_OR_NULL,
	assignedAt: TEXT_OR_NULL,
	result: TEXT,
};

export function keywordOutput({ keyword, shortCode, assignedAt, result, raw }: Keyword): Output {
	const json = { provider: PROVIDER, keyword, shortCode, assignedAt, result: result.name };
	return { json, raw };
}

/** The output of a change. @throws Failure if CDYNE rejected it */
export function changeOutput(keyword: Keyword): Output[] {
	const { name, number } = keyword.result;
	if (!['NoError', 'KeywordAdded', 'KeywordRemoved'].includes(name)) {
		throwFailure({
			kind: name === 'KeywordNotFound' ? 'notFound' : 'rejected',
			message: `CDYNE responded with ${name} for the keyword "${keyword.keyword ?? ''}"`,
			code: String(number ?? name),
			description: 'Check the keyword, and that the short code belongs to this license key.',
		});
	}
	return [keywordOutput(keyword)];
}
