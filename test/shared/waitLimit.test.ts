import type { IDataObject } from 'n8n-workflow';
import {
	limitWaitTimeFields,
	limitWaitTimeOption,
	untilAfterSend,
	waitUntil,
} from '../../nodes/shared/waitLimit';
import { itemWith } from './contexts';

/** When a wait ends. */

const NOW = Date.parse('2030-01-31T18:30:00.000Z');
const NEVER = Date.parse('3000-01-01T00:00:00.000Z');
const at = (time: string) => ({ limitType: 'atSpecifiedTime', maxDateAndTime: time });
const optional = (values: unknown): IDataObject =>
	({ options: { limitWaitTime: { values } } }) as never;

it.each<[IDataObject, number]>([
	[{}, NOW + 86_400_000],
	[{ resumeAmount: 2, resumeUnit: 'minutes' }, NOW + 120_000],
	[{ resumeAmount: 2, resumeUnit: 'hours' }, NOW + 7_200_000],
	[{ resumeAmount: 2, resumeUnit: 'days' }, NOW + 172_800_000],
	[{ resumeAmount: 0.5, resumeUnit: 'minutes' }, NOW + 30_000],
	[{ resumeUnit: 'minutes' }, NOW + 60_000],
	[{ limitWaitTime: false, resumeAmount: 0 }, NEVER],
	[{ limitWaitTime: true, resumeAmount: 2 }, NOW + 172_800_000],
	[at('2030-01-31T18:30:00.001Z'), NOW + 1],
	[{ resumeAmount: (NEVER - NOW) / 60_000, resumeUnit: 'minutes' }, NEVER],
	[optional({ limitType: 'never' }), NEVER],
	[
		optional({ limitType: 'afterTimeInterval', resumeAmount: 3, resumeUnit: 'hours' }),
		NOW + 10_800_000,
	],
	[{ ...optional({ resumeAmount: 3, resumeUnit: 'minutes' }), resumeAmount: 9 }, NOW + 180_000],
	[{ ...optional({ resumeAmount: 3 }), limitWaitTime: false }, NOW + 259_200_000],
	[optional(at('2030-01-31T19:30:00')), NOW + 3_600_000],
	[{ options: { limitWaitTime: 'soon' }, resumeAmount: 2 }, NOW + 172_800_000],
	[{ options: { limitWaitTime: {} }, resumeAmount: 2 }, NOW + 172_800_000],
	[{ ...optional('soon'), resumeAmount: 2 }, NOW + 172_800_000],
])('of %j it is at %d', (parameters, until) => {
	expect(waitUntil(itemWith(parameters), NOW).getTime()).toBe(until);
	expect(untilAfterSend(itemWith(parameters), NOW).getTime()).toBe(until);
});

const AMOUNT = 'Give an amount above 0 in Limit Wait Time.';
const TIME = 'Give a time to come in Max Date and Time.';
const SHORTER = 'Give a shorter time, or set Limit Wait Time to Never to wait without an end.';

it.each<[IDataObject, string, string]>([
	[{ resumeAmount: 0 }, 'The time to wait, 0, is none', AMOUNT],
	[{ resumeAmount: -1 }, 'The time to wait, -1, is none', AMOUNT],
	[at(''), 'The time until which to wait is missing', TIME],
])('of %j there is none', (parameters, message, description) => {
	const refusal = expect.objectContaining({ message, description });
	expect(() => waitUntil(itemWith(parameters), NOW)).toThrow(refusal);
	expect(() => untilAfterSend(itemWith(parameters), NOW)).toThrow(refusal);
});

it.each<[IDataObject, string, string]>([
	[at('2030-01-31T18:30:00.000Z'), 'The time until which to wait has passed', TIME],
	[at('2030-01-31T18:29:59.999Z'), 'The time until which to wait has passed', TIME],
	[
		{ resumeAmount: (NEVER - NOW) / 60_000 + 1, resumeUnit: 'minutes' },
		'The time to wait is longer than a thousand years',
		SHORTER,
	],
	[{ resumeAmount: 1e12 }, 'The time to wait is longer than a thousand years', SHORTER],
])('%j is refused before a send, and counts after it', (parameters, message, description) => {
	const refusal = expect.objectContaining({ message, description });
	expect(() => waitUntil(itemWith(parameters), NOW)).toThrow(refusal);
	expect(untilAfterSend(itemWith(parameters), NOW)).toBeInstanceOf(Date);
});

it.each<[IDataObject, string]>([
	[{ limitWaitTime: 'maybe' }, 'Limit Wait Time is "maybe"'],
	[{ limitType: 'maybe' }, 'Limit Type is "maybe"'],
	[{ limitType: 'never' }, 'Limit Type is "never"'],
	[{ resumeAmount: 'soon' }, 'Resume Amount is "soon"'],
	[{ resumeUnit: 'weeks' }, 'Resume Unit is "weeks"'],
	[at('soon'), 'Max Date and Time "soon"'],
])('%j is refused by its name', (parameters, words) => {
	expect(() => waitUntil(itemWith(parameters), NOW)).toThrow(words);
});

it('is counted from now', () => {
	jest.useFakeTimers({ now: NOW });
	try {
		expect(waitUntil(itemWith({ resumeUnit: 'minutes' })).getTime()).toBe(NOW + 60_000);
		expect(untilAfterSend(itemWith({ resumeUnit: 'minutes' })).getTime()).toBe(NOW + 60_000);
	} finally {
		jest.useRealTimers();
	}
});

describe('the panel', () => {
	it.each([
		[1, 'days', 'it is 1 day.'],
		[1, 'hours', 'it is 1 hour.'],
		[2, 'days', 'it is 2 days.'],
		[45, 'minutes', 'it is 45 minutes.'],
	] as const)('says what %i %s is', (amount, unit, words) => {
		const { description, default: usual } = limitWaitTimeOption({ amount, unit });
		expect(description?.endsWith(words)).toBe(true);
		expect(usual).toEqual({
			values: { limitType: 'afterTimeInterval', resumeAmount: amount, resumeUnit: unit },
		});
	});

	it('asks for what belongs to the type of limit', () => {
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

	it('has the same hidden where the option is not added', () => {
		expect(limitWaitTimeFields({ amount: 3, unit: 'hours' })).toEqual([
			{ displayName: 'Limit Wait Time', name: 'limitWaitTime', type: 'hidden', default: true },
			{
				displayName: 'Limit Type',
				name: 'limitType',
				type: 'hidden',
				default: 'afterTimeInterval',
			},
			{ displayName: 'Resume Amount', name: 'resumeAmount', type: 'hidden', default: 3 },
			{ displayName: 'Resume Unit', name: 'resumeUnit', type: 'hidden', default: 'hours' },
			{ displayName: 'Max Date And Time', name: 'maxDateAndTime', type: 'hidden', default: '' },
		]);
	});
});
