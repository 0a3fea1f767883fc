import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { Failure, throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import { addHint } from '../host/internals';
import { coerceChoice, coerceText } from '../input/coerce';
import { coerceCollection } from '../input/collections';
import type { Item } from '../input/item';
import { readTimeOfDay } from '../input/timeOfDay';
import { timeZonesOf } from '../input/timeZones';
import { clockText, isTimeZone, minuteOfDay } from '../input/wallClock';
import { endOfQuiet, isQuietIn, type QuietWindow } from './quietWindow';
import { moreOn } from '../input/pages';

const DEFAULT_FROM = '21:00';
const DEFAULT_TO = '08:00';

const duringField: INodeProperties = {
	displayName: 'During Quiet Hours',
	name: 'during',
	type: 'options',
	options: [
		{ name: 'Error', value: 'error', description: 'The item fails, and nothing is sent' },
		{
			name: 'Schedule',
			value: 'schedule',
			description: 'The provider sends the message when quiet hours end',
		},
	],
	default: 'error',
	description: 'What to do with a message that must not be sent now',
};

/** @param schedules whether the provider can send a message later */
export function quietHoursOption(schedules = false): INodeProperties {
	return {
		displayName: 'Quiet Hours',
		name: 'quietHours',
		type: 'fixedCollection',
		default: {
			window: {
				from: DEFAULT_FROM,
				to: DEFAULT_TO,
				timeZone: 'recipient',
				...(schedules && { during: 'error' }),
			},
		},
		description: `The hours of each day in which nobody is texted. The time zone of a recipient comes from their number. If the number can be in several, it is quiet while it is quiet in any of them. In quiet hours, the item fails with the kind <code>quietHours</code> and <code>details.retryAt</code>, the time when they end. ${moreOn('times', 'quiet-hours')}.`,
		options: [
			{
				displayName: 'Window',
				name: 'window',
				values: [
					{
						displayName: 'From',
						name: 'from',
						type: 'string',
						default: DEFAULT_FROM,
						placeholder: 'e.g. 21:00',
						description: 'When quiet hours begin',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: DEFAULT_TO,
						placeholder: 'e.g. 08:00',
						description:
							'When quiet hours end, on the next day if that is earlier than From. It must differ from From.',
					},
					{
						displayName: 'Time Zone Name or ID',
						name: 'timeZone',
						type: 'options',
						typeOptions: { loadOptionsMethod: 'getTimeZones' },
						default: 'recipient',
						description:
							'Whose clock counts. A number without a time zone is on the clock of the workflow. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
					},
					...(schedules ? [duringField] : []),
				],
			},
		],
	};
}

/** What quiet hours do to a message: it fails, or is sent later. */
export type PutOff = { failure: Failure } | { sendAt: Date };

/** Runs that already show the hint about numbers without a time zone. */
const hintedRuns = new WeakSet<IExecuteFunctions>();

/** The quiet hours of an item. */
export class QuietHours {
	/** @param zone an IANA name, or undefined for the zone of the recipient */
	constructor(
		private readonly item: Item,
		private readonly window: QuietWindow,
		private readonly zone: string | undefined,
		private readonly schedules: boolean,
	) {}

	/**
	 * What happens to a message.
	 *
	 * @param recipient a phone number in E.164, or what else identifies the recipient
	 * @param scheduledAt when the user wants it to be sent; undefined for now
	 * @returns undefined if it may be sent
	 */
	putOff(recipient: string, scheduledAt: Date | undefined): PutOff | undefined {
		const { window } = this;
		const zones = this.zonesOf(recipient);
		const at = scheduledAt?.getTime() ?? Date.now();
		const quiet = zones.find((zone) => isQuietIn(window, zone, at));
		if (quiet === undefined) return undefined;
		const end = endOfQuiet(window, zones, at);
		if (this.schedules && end !== undefined) return { sendAt: new Date(end) };
		const retryAt = end === undefined ? undefined : new Date(end).toISOString();
		const [clock, from, to] = [minuteOfDay(quiet, at), window.from, window.to].map(clockText);
		const when = scheduledAt === undefined ? 'It is' : 'At the scheduled time, it is';
		const then = scheduledAt === undefined ? 'Send it again then' : 'Schedule it for then';
		const failure = new Failure({
			kind: 'quietHours',
			message: `${when} ${clock} in ${quiet}, and quiet hours are from ${from} to ${to}`,
			description:
				retryAt === undefined
					? 'The number can be in several time zones, and it is always quiet in one of them. Choose shorter quiet hours or one time zone.'
					: `Nothing was sent. Quiet hours end at ${retryAt}. ${then}, for example after a Wait node that waits until details.retryAt.`,
			retryAt,
			nothingAccepted: true,
		});
		return { failure };
	}

	/** The zones that count. A hint says if a recipient has none. */
	private zonesOf(recipient: string): readonly string[] {
		if (this.zone !== undefined) return [this.zone];
		const isNumber = recipient.startsWith('+');
		const zones = isNumber ? timeZonesOf(recipient) : [];
		if (zones.length > 0) return zones;
		const { context, index } = this.item;
		const zone = context.getTimezone();
		if (!hintedRuns.has(context)) {
			hintedRuns.add(context);
			addHint(
				context,
				`Item ${index + 1}: the recipient has no time zone, because ${isNumber ? 'no country or area is known for the number' : 'it is not a phone number'}. Its quiet hours follow the clock of the workflow (${zone}).`,
			);
		}
		return [zone];
	}
}

/**
 * The quiet hours of an item; undefined if there are none.
 *
 * @param schedules whether the provider can send a message later
 * @throws Failure if a value is not valid
 */
export function quietHoursOf(item: Item, schedules: boolean): QuietHours | undefined {
	const label = item.label('quietHours');
	const option = coerceCollection(item.options.quietHours, label);
	if (Object.keys(option).length === 0) return undefined;
	const { window: value } = option;
	if (value === undefined) {
		throwInvalidInput(
			`${label} has no window`,
			`Set ${label} to an object such as {{ { "window": { "from": "21:00", "to": "08:00" } } }}.`,
		);
	}
	const values = coerceCollection(value, label);
	const from = readTimeOfDay(values.from ?? DEFAULT_FROM, `From of ${label}`);
	const to = readTimeOfDay(values.to ?? DEFAULT_TO, `To of ${label}`);
	if (from === to) {
		throwInvalidInput(
			`${label} begin and end at ${clockText(from)}, so it is not clear whether they last all day or not at all`,
			`Enter two different times. To send at any time, remove ${label} from the options.`,
		);
	}
	const choices = schedules ? (['error', 'schedule'] as const) : (['error'] as const);
	const during = coerceChoice<string>(values.during, choices, 'error', item.label('during'));
	const zone = readZone(item, values.timeZone);
	return new QuietHours(item, { from, to }, zone, during === 'schedule');
}

/** The zone that counts for all recipients, if one does. @throws Failure if it is unknown */
function readZone(item: Item, value: unknown): string | undefined {
	const label = `Time Zone of ${item.label('quietHours')}`;
	const name = coerceText(value, label).trim();
	const word = name.toLowerCase();
	if (word === '' || word === 'recipient') return undefined;
	if (word === 'workflow') return item.context.getTimezone();
	if (isTimeZone(name)) return name;
	return throwInvalidInput(
		`${label} is ${quoted(name)}, which is not a time zone`,
		'Use recipient, workflow, or the IANA name of a time zone, such as Europe/Rome.',
	);
}
