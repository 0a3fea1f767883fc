import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { Item } from '../../../nodes/shared/input/item';
import {
	limitWaitTimeOption,
	waitEndAfterSend,
	describeLimit,
	requireWaitEnd,
} from '../../../nodes/shared/waiting/waitLimit';
import { contextWith } from '../../engine/harness/contexts';

/** When a wait ends. */

const NOW = Date.parse('2030-01-31T18:30:00.000Z');
const NEVER = Date.parse('3000-01-01T00:00:00.000Z');
const DEFAULT_LIMIT = { amount: 3, unit: 'hours' } as const;

/** The fields in Limit Wait Time. */
function limitFields(): INodeProperties[] {
	const [collection] = limitWaitTimeOption(DEFAULT_LIMIT).options ?? [];
	return 'values' in collection ? collection.values : [];
}

const LABELS = new Map(limitFields().map(({ name, displayName }) => [name, displayName]));
const itemOf = (parameters: IDataObject) => new Item(contextWith(parameters), 0, LABELS);
const limitedBy = (limitWaitTime: unknown) => itemOf({ options: { limitWaitTime } as IDataObject });
const limited = (values: unknown) => limitedBy({ values });
const at = (time: string) => ({ limitType: 'atSpecifiedTime', maxDateAndTime: time });

it.each<[IDataObject, number]>([
	[{}, NOW + 10_800_000],
	[{ resumeAmount: 2, resumeUnit: 'minutes' }, NOW + 120_000],
	[{ resumeAmount: 2, resumeUnit: 'hours' }, NOW + 7_200_000],
	[{ resumeAmount: 2, resumeUnit: 'days' }, NOW + 172_800_000],
	[{ resumeAmount: 0.5, resumeUnit: 'minutes' }, NOW + 30_000],
	[{ resumeAmount: '2', resumeUnit: 'minutes' }, NOW + 120_000],
	[{ resumeUnit: 'minutes' }, NOW + 180_000],
	[{ resumeAmount: 2 }, NOW + 7_200_000],
	[{ limitType: 'afterTimeInterval', resumeAmount: 5 }, NOW + 18_000_000],
	[{ limitType: 'never', resumeAmount: 0 }, NEVER],
	[at('2030-01-31T18:30:00.001Z'), NOW + 1],
	[at('2030-01-31T19:30:00'), NOW + 3_600_000],
	[{ resumeAmount: (NEVER - NOW) / 60_000, resumeUnit: 'minutes' }, NEVER],
])('with the values %j it ends at %d', (values, until) => {
	expect(requireWaitEnd(limited(values), DEFAULT_LIMIT, NOW).getTime()).toBe(until);
	expect(waitEndAfterSend(limited(values), DEFAULT_LIMIT, NOW).getTime()).toBe(until);
});

it.each<[string, Item]>([
	['without options', itemOf({})],
	['without the option', itemOf({ options: {} })],
	['with an option that is empty text', limitedBy('')],
	['with an empty option', limitedBy({})],
	['with values that are null', limited(null)],
	[
		'with parameters of the same names outside the options',
		itemOf({ limitWaitTime: false, limitType: 'never', resumeAmount: 9, resumeUnit: 'days' }),
	],
])('%s it ends at the default limit', (_, item) => {
	expect(requireWaitEnd(item, DEFAULT_LIMIT, NOW).getTime()).toBe(NOW + 10_800_000);
	expect(requireWaitEnd(item, { amount: 1, unit: 'days' }, NOW).getTime()).toBe(NOW + 86_400_000);
	expect(waitEndAfterSend(item, DEFAULT_LIMIT, NOW).getTime()).toBe(NOW + 10_800_000);
});

it.each<[string, Item, number]>([
	['the option', limitedBy('{"values":{"resumeAmount":2}}'), NOW + 7_200_000],
	['its values', limited('{"resumeAmount":2}'), NOW + 7_200_000],
])('%s can be JSON text', (_, item, until) => {
	expect(requireWaitEnd(item, DEFAULT_LIMIT, NOW).getTime()).toBe(until);
});

it.each([limitedBy('soon'), limited('soon'), limited([1])])('other text is rejected', (item) => {
	expect(() => requireWaitEnd(item, DEFAULT_LIMIT, NOW)).toThrow(/which is not an object$/);
});

const AMOUNT = 'Enter an amount above 0 in Limit Wait Time.';
const TIME = 'Enter a future time in Max Date and Time.';
const SHORTER = 'Enter a shorter time, or set Limit Type to Never to wait indefinitely.';

it.each<[IDataObject, string, string]>([
	[{ resumeAmount: 0 }, 'The time to wait is 0, which is not above 0', AMOUNT],
	[{ resumeAmount: -1 }, 'The time to wait is -1, which is not above 0', AMOUNT],
	[at(''), 'The end time of the wait is missing', TIME],
])('the values %j are rejected', (values, message, description) => {
	const failure = expect.objectContaining({ message, description });
	expect(() => requireWaitEnd(limited(values), DEFAULT_LIMIT, NOW)).toThrow(failure);
	expect(() => waitEndAfterSend(limited(values), DEFAULT_LIMIT, NOW)).toThrow(failure);
});

it.each<[IDataObject, string, string]>([
	[at('2030-01-31T18:30:00.000Z'), 'The end time of the wait has passed', TIME],
	[at('2030-01-31T18:29:59.999Z'), 'The end time of the wait has passed', TIME],
	[
		{ resumeAmount: (NEVER - NOW) / 60_000 + 1, resumeUnit: 'minutes' },
		'The time to wait is longer than a thousand years',
		SHORTER,
	],
	[{ resumeAmount: 1e12 }, 'The time to wait is longer than a thousand years', SHORTER],
])('the values %j are rejected before a send only', (values, message, description) => {
	const failure = expect.objectContaining({ message, description });
	expect(() => requireWaitEnd(limited(values), DEFAULT_LIMIT, NOW)).toThrow(failure);
	expect(waitEndAfterSend(limited(values), DEFAULT_LIMIT, NOW)).toBeInstanceOf(Date);
});

it.each<[IDataObject, string]>([
	[{ limitType: 'maybe' }, 'Limit Type is "maybe"'],
	[{ resumeAmount: 'soon' }, 'Amount is "soon"'],
	[{ resumeUnit: 'weeks' }, 'Unit is "weeks"'],
	[at('soon'), 'Max Date and Time "soon"'],
])('the error for the values %j names the field by its label', (values, message) => {
	const failure = expect.objectContaining({
		message: expect.stringMatching(new RegExp(`^${message}`)),
	});
	expect(() => requireWaitEnd(limited(values), DEFAULT_LIMIT, NOW)).toThrow(failure);
});

it('the time is counted from now by default', () => {
	jest.useFakeTimers({ now: NOW });
	try {
		const item = limited({ resumeAmount: 1, resumeUnit: 'minutes' });
		expect(requireWaitEnd(item, DEFAULT_LIMIT).getTime()).toBe(NOW + 60_000);
		expect(waitEndAfterSend(item, DEFAULT_LIMIT).getTime()).toBe(NOW + 60_000);
	} finally {
		jest.useRealTimers();
	}
});

describe('the option', () => {
	it.each([
		[1, 'days', '; 1 day if this option is not set'],
		[1, 'hours', '; 1 hour if this option is not set'],
		[2, 'days', '; 2 days if this option is not set'],
		[45, 'minutes', '; 45 minutes if this option is not set'],
	] as const)('describes the default limit of %i %s', (amount, unit, ending) => {
		const { description, default: defaults } = limitWaitTimeOption({ amount, unit });
		expect(description?.endsWith(ending)).toBe(true);
		expect(defaults).toEqual({
			values: { limitType: 'afterTimeInterval', resumeAmount: amount, resumeUnit: unit },
		});
	});

	it('shows the fields that belong to the type of limit', () => {
		const { options } = limitWaitTimeOption({ amount: 3, unit: 'hours' });
		const [{ name, values }] = options as unknown as Array<{ name: string; values: IDataObject[] }>;
		expect(name).toBe('values');
		expect(
			values.map((field) => [field.name, field.type, field.default, field.displayOptions]),
		).toEqual([
			['limitType', 'options', 'afterTimeInterval', undefined],
			['resumeAmount', 'number', 3, { show: { limitType: ['afterTimeInterval'] } }],
			['resumeUnit', 'options', 'hours', { show: { limitType: ['afterTimeInterval'] } }],
			['maxDateAndTime', 'dateTime', '', { show: { limitType: ['atSpecifiedTime'] } }],
		]);
		const choices = values.map((field) =>
			(field.options as IDataObject[])?.map(({ value }) => value),
		);
		expect(choices).toEqual([
			['afterTimeInterval', 'atSpecifiedTime', 'never'],
			undefined,
			['minutes', 'hours', 'days'],
			undefined,
		]);
		expect(values[1].typeOptions).toEqual({ minValue: 0, numberPrecision: 2 });
	});
});

describe('the limit in a sentence', () => {
	const DAY = { amount: 1, unit: 'days' } as const;

	it.each<[IDataObject | undefined, string | undefined]>([
		[undefined, 'within 1 day'],
		[{ resumeAmount: 2, resumeUnit: 'hours' }, 'within 2 hours'],
		[{ resumeAmount: 1, resumeUnit: 'hours' }, 'within 1 hour'],
		[{ resumeAmount: 0.5, resumeUnit: 'minutes' }, 'within 0.5 minutes'],
		[{ limitType: 'never' }, undefined],
		[{ limitType: 'atSpecifiedTime', maxDateAndTime: '2030-01-01T00:00:00Z' }, undefined],
	])('of %j is %s', (values, expected) => {
		const options = values ? { limitWaitTime: { values } } : {};
		expect(describeLimit(itemOf({ options }), DAY)).toBe(expected);
	});
});
