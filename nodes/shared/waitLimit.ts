import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { failInput } from './errors';
import type { Item } from './item';
import { readDateTime } from './time';
import { labelOf, readBoolean, readChoice, readNumber } from './typed';
import { isObject } from './values';

/** Limit Wait Time, as n8n's own nodes have it. */

const msOf = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

const AFTER_INTERVAL = 'afterTimeInterval';
const AT_TIME = 'atSpecifiedTime';
const NEVER = 'never';

/** Amount and unit where nothing is set. */
interface Usual {
	amount: number;
	unit: 'minutes' | 'hours' | 'days';
}

function choices({ amount, unit }: Usual): INodeProperties[] {
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
					description: 'Waits for a certain amount of time',
				},
				{
					name: 'At Specified Time',
					value: AT_TIME,
					description: 'Waits until a certain date and time',
				},
				{ name: 'Never', value: NEVER, description: 'Waits until something comes' },
			],
			default: AFTER_INTERVAL,
			description: 'When the wait ends at the latest',
		},
		{
			displayName: 'Amount',
			name: 'resumeAmount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: amount,
			description: 'The time to wait',
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
			description: 'Unit of the time to wait',
			displayOptions: afterInterval,
		},
		{
			displayName: 'Max Date and Time',
			name: 'maxDateAndTime',
			type: 'dateTime',
			default: '',
			description: 'Goes on at this time at the latest',
			displayOptions: atTime,
		},
	];
}

/** Limit Wait Time among the options. */
export function limitWaitTimeOption(usual: Usual): INodeProperties {
	const { amount, unit } = usual;
	const words = `${amount} ${amount === 1 ? unit.replace(/s$/, '') : unit}`;
	return {
		displayName: 'Limit Wait Time',
		name: 'limitWaitTime',
		type: 'fixedCollection',
		default: {
			values: { limitType: AFTER_INTERVAL, resumeAmount: amount, resumeUnit: unit },
		},
		description: `How long to wait at most. Without this option it is ${words}.`,
		options: [{ displayName: 'Values', name: 'values', values: choices(usual) }],
	};
}

/**
 * The limit where the option was not added: parameters that no panel shows, and which a workflow
 * may set all the same.
 */
export function limitWaitTimeFields({ amount, unit }: Usual): INodeProperties[] {
	const usual = {
		limitWaitTime: true,
		limitType: AFTER_INTERVAL,
		resumeAmount: amount,
		resumeUnit: unit,
		maxDateAndTime: '',
	};
	return Object.entries(usual).map(([name, value]) => ({
		displayName: labelOf(name),
		name,
		type: 'hidden',
		default: value,
	}));
}

/** n8n's word for a wait without an end. */
const INDEFINITELY = new Date('3000-01-01T00:00:00.000Z');

type Limit = { at: Date } | { afterMs: number };

/** The option's values, or else the parameters of the same names. */
function settingsOf(item: Item): (name: string) => unknown {
	const option = item.options.limitWaitTime;
	const values = isObject(option) && isObject(option.values) ? option.values : undefined;
	if (!values) return (name) => item.parameter<unknown>(name, '');
	const given: IDataObject = { ...values, limitWaitTime: values.limitType !== NEVER };
	return (name) => given[name];
}

/** The limit that the user set. @throws Failure for one that is none */
function limitOfWait(item: Item): Limit {
	const get = settingsOf(item);
	if (!readBoolean(get('limitWaitTime'), true, 'Limit Wait Time')) return { at: INDEFINITELY };
	const types = [AFTER_INTERVAL, AT_TIME] as const;
	if (readChoice(get('limitType'), types, AFTER_INTERVAL, 'Limit Type') === AT_TIME) {
		const at = readDateTime(item, get('maxDateAndTime'), 'Max Date and Time');
		return at ? { at } : refuseLimit('The time until which to wait is missing');
	}
	const amount = readNumber(get('resumeAmount'), 1, 'Resume Amount');
	const units = ['minutes', 'hours', 'days'] as const;
	const unit = readChoice(get('resumeUnit'), units, 'days', 'Resume Unit');
	if (!(amount > 0)) {
		failInput(`The time to wait, ${amount}, is none`, 'Give an amount above 0 in Limit Wait Time.');
	}
	return { afterMs: amount * msOf[unit] };
}

function refuseLimit(message: string): never {
	return failInput(message, 'Give a time to come in Max Date and Time.');
}

/** When a wait that begins now ends. */
function endOf(limit: Limit, now: number): Date {
	return 'at' in limit ? limit.at : new Date(now + limit.afterMs);
}

/**
 * When to give up, checked before anything is sent.
 *
 * @throws Failure for a limit that is none, lies in the past, or so far ahead that it is no date
 */
export function waitUntil(item: Item, now = Date.now()): Date {
	const until = endOf(limitOfWait(item), now);
	if (until.getTime() <= now) refuseLimit('The time until which to wait has passed');
	if (!(until.getTime() <= INDEFINITELY.getTime())) {
		failInput(
			'The time to wait is longer than a thousand years',
			'Give a shorter time, or set Limit Wait Time to Never to wait without an end.',
		);
	}
	return until;
}

/** When to give up, once the message is out: a limit may have passed by then. */
export function untilAfterSend(item: Item, now = Date.now()): Date {
	return endOf(limitOfWait(item), now);
}
