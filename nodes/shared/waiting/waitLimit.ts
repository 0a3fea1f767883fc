import type { INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../errors/failure';
import { coerceChoice, coerceNumber } from '../input/coerce';
import { coerceCollection } from '../input/collections';
import type { Item } from '../input/item';
import { readDateTime } from '../input/options';
import type { WaitLimit } from '../provider/operation';

/** The option Limit Wait Time, as n8n's own nodes have it. */

const MS_PER_UNIT = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

const AFTER_INTERVAL = 'afterTimeInterval';
const AT_TIME = 'atSpecifiedTime';
const NEVER = 'never';

function limitFields({ amount, unit }: WaitLimit): INodeProperties[] {
	const afterInterval = { show: { limitType: [AFTER_INTERVAL] } };
	const atTime = { show: { limitType: [AT_TIME] } };
	return [
		{
			displayName: 'Limit Type',
			name: 'limitType',
			type: 'options',
			options: [
				{
					name: 'After Time Interval',
					value: AFTER_INTERVAL,
					description: 'Waits for the given amount of time',
				},
				{
					name: 'At Specified Time',
					value: AT_TIME,
					description: 'Waits until the given date and time',
				},
				{ name: 'Never', value: NEVER, description: 'Waits until there is an outcome' },
			],
			default: AFTER_INTERVAL,
			description: 'When the wait ends if there is no outcome',
		},
		{
			displayName: 'Amount',
			name: 'resumeAmount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: amount,
			description: 'How long to wait',
			displayOptions: afterInterval,
		},
		{
			displayName: 'Unit',
			name: 'resumeUnit',
			type: 'options',
			options: [
				{ name: 'Minutes', value: 'minutes' },
				{ name: 'Hours', value: 'hours' },
				{ name: 'Days', value: 'days' },
			],
			default: unit,
			description: 'Unit of Amount',
			displayOptions: afterInterval,
		},
		{
			displayName: 'Max Date and Time',
			name: 'maxDateAndTime',
			type: 'dateTime',
			default: '',
			description: 'When the wait ends if there is no outcome',
			displayOptions: atTime,
		},
	];
}

function describeDuration({ amount, unit }: WaitLimit): string {
	return `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;
}

/** @param defaultLimit applies unless the user adds the option */
export function limitWaitTimeOption(defaultLimit: WaitLimit): INodeProperties {
	const { amount, unit } = defaultLimit;
	const duration = describeDuration(defaultLimit);
	return {
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'fixedCollection',
		default: { values: { limitType: AFTER_INTERVAL, resumeAmount: amount, resumeUnit: unit } },
		description: `The maximum time to wait; ${duration} if this option is not set`,
		options: [{ displayName: 'Values', name: 'values', values: limitFields(defaultLimit) }],
	};
}

/** The date that n8n uses for waits without a limit. */
const INDEFINITELY = new Date('3000-01-01T00:00:00.000Z');

/** @throws Failure if the option is not valid */
function readLimit(item: Item, defaultLimit: WaitLimit): typeof NEVER | Date | WaitLimit {
	const label = item.label('limitWaitTime');
	const option = coerceCollection(item.options.limitWaitTime, label);
	const values = coerceCollection(option.values, label);
	const types = [AFTER_INTERVAL, AT_TIME, NEVER] as const;
	const type = coerceChoice(values.limitType, types, AFTER_INTERVAL, item.label('limitType'));
	if (type === NEVER) return NEVER;
	if (type === AT_TIME) {
		const at = readDateTime(item, values.maxDateAndTime, item.label('maxDateAndTime'));
		return at ?? throwInvalidTime('The end time of the wait is missing');
	}
	const amount = coerceNumber(values.resumeAmount, defaultLimit.amount, item.label('resumeAmount'));
	const units = ['minutes', 'hours', 'days'] as const;
	const unit = coerceChoice(values.resumeUnit, units, defaultLimit.unit, item.label('resumeUnit'));
	if (!(amount > 0)) {
		throwInvalidInput(
			`The time to wait is ${amount}, which is not above 0`,
			'Enter an amount above 0 in Limit Wait Time.',
		);
	}
	return { amount, unit };
}

/** When a wait that begins at `now` ends; may be in the past. @throws Failure if it is invalid */
export function waitEndAfterSend(item: Item, defaultLimit: WaitLimit, now = Date.now()): Date {
	const limit = readLimit(item, defaultLimit);
	if (limit === NEVER) return INDEFINITELY;
	if (limit instanceof Date) return limit;
	return new Date(now + limit.amount * MS_PER_UNIT[limit.unit]);
}

/** The end of a wait that ends at a fixed time, whenever it begins. */
export function fixedWaitEnd(item: Item, defaultLimit: WaitLimit): Date | undefined {
	const limit = readLimit(item, defaultLimit);
	return limit instanceof Date ? limit : undefined;
}

/** The limit as in a sentence: `within 2 hours`. Undefined if it is no duration. */
export function describeLimit(item: Item, defaultLimit: WaitLimit): string | undefined {
	const limit = readLimit(item, defaultLimit);
	return limit === NEVER || limit instanceof Date ? undefined : `within ${describeDuration(limit)}`;
}

function throwInvalidTime(message: string): never {
	return throwInvalidInput(message, 'Enter a future time in Max Date and Time.');
}

/**
 * When the wait ends, checked before anything is sent.
 *
 * @throws Failure for a limit that is invalid, in the past, or too far in the future to be a date
 */
export function requireWaitEnd(item: Item, defaultLimit: WaitLimit, now = Date.now()): Date {
	const until = waitEndAfterSend(item, defaultLimit, now);
	if (until.getTime() <= now) throwInvalidTime('The end time of the wait has passed');
	if (!(until.getTime() <= INDEFINITELY.getTime())) {
		throwInvalidInput(
			'The time to wait is longer than a thousand years',
			'Enter a shorter time, or set Limit Type to Never to wait indefinitely.',
		);
	}
	return until;
}
