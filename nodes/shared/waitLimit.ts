import type { INodeProperties } from 'n8n-workflow';
import { failInput } from './errors';
import type { Item } from './item';
import { dateParameter } from './time';

/** Limit Wait Time, as n8n's own nodes have it. */

const msOf = {
	minutes: 60_000,
	hours: 3_600_000,
	days: 86_400_000,
};

const AFTER_INTERVAL = 'afterTimeInterval';
const AT_TIME = 'atSpecifiedTime';

/** Limit Wait Time as n8n's own nodes have it. @param usual amount and unit where nothing is set */
export function limitWaitTimeFields(usual: { amount: number; unit: string }): INodeProperties[] {
	const { amount, unit } = usual;
	const limited = { limitWaitTime: [true] };
	return [
		{
			displayName: 'Limit Wait Time',
			name: 'limitWaitTime',
			type: 'boolean',
			default: true,
			description: 'Whether to go on without an answer after some time',
		},
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
			],
			default: AFTER_INTERVAL,
			description: 'How the limit is given',
			displayOptions: { show: limited },
		},
		{
			displayName: 'Amount',
			name: 'resumeAmount',
			type: 'number',
			typeOptions: { minValue: 0, numberPrecision: 2 },
			default: amount,
			description: 'The time to wait',
			displayOptions: { show: { ...limited, limitType: [AFTER_INTERVAL] } },
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
			displayOptions: { show: { ...limited, limitType: [AFTER_INTERVAL] } },
		},
		{
			displayName: 'Max Date and Time',
			name: 'maxDateAndTime',
			type: 'dateTime',
			default: '',
			description: 'Go on at this time at the latest',
			displayOptions: { show: { ...limited, limitType: [AT_TIME] } },
		},
	];
}

/** n8n's word for a wait without an end. */
const INDEFINITELY = new Date('3000-01-01T00:00:00.000Z');

type Limit = { at: Date } | { afterMs: number };

/** The limit that the user set. @throws Failure for one that is none */
function limitOfWait(item: Item): Limit {
	if (!item.flag('limitWaitTime', true)) return { at: INDEFINITELY };
	if (item.choice('limitType', [AFTER_INTERVAL, AT_TIME], AFTER_INTERVAL) === AT_TIME) {
		const at = dateParameter(item, 'maxDateAndTime', 'Max Date and Time');
		return at ? { at } : refuseLimit('The time until which to wait is missing');
	}
	const amount = item.number('resumeAmount', 1);
	const unit = item.choice('resumeUnit', ['minutes', 'hours', 'days'], 'days');
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
			'Give a shorter time, or turn Limit Wait Time off to wait without an end.',
		);
	}
	return until;
}

/** When to give up, once the message is out: a limit may have passed by then. */
export function untilAfterSend(item: Item, now = Date.now()): Date {
	return endOf(limitOfWait(item), now);
}
