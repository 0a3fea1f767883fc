import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { coerceBoolean } from '../input/coerce';
import { coerceChoices, coerceCollection } from '../input/collections';
import { EVENT_NAMES, type EventName, type PostbackEvent } from '../model/event';
import { SMS_STATUSES } from '../model/message';

/**
 * The parameters of a trigger. An expression may return anything for them. A value that cannot be
 * read stops the activation, but no postback is dropped because of one: it filters nothing.
 */

type TriggerContext = IWebhookFunctions | IHookFunctions;

function readEvents(context: TriggerContext): EventName[] | undefined {
	return coerceChoices(context.getNodeParameter('events', []), 'Trigger On', EVENT_NAMES);
}

function readFields(context: TriggerContext): IDataObject {
	return coerceCollection(context.getNodeParameter('additionalFields', {}), 'Additional Fields');
}

/** @returns undefined for a value that cannot be read */
function orUndefined<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}

/** The events in Trigger On; undefined for all. */
export function selectedEvents(context: TriggerContext): EventName[] | undefined {
	return orUndefined(() => readEvents(context));
}

/** Whether a value of Trigger On, which may be an expression, selects an event. */
export function selects(events: unknown, event: EventName): boolean {
	const selected = orUndefined(() => coerceChoices(events, 'Trigger On', EVENT_NAMES));
	return selected?.includes(event) ?? true;
}

/** The Additional Fields of a trigger. */
export function additionalFieldsOf(context: TriggerContext): IDataObject {
	return orUndefined(() => readFields(context)) ?? {};
}

/** Whether a value passes a filter that is a multiple choice. Case is ignored. */
export function passesChoices(
	selected: unknown,
	value: string | null,
	choices?: readonly string[],
): boolean {
	const chosen = orUndefined(() => coerceChoices(selected, '', choices));
	const wanted = value?.toLowerCase();
	return chosen?.some((choice) => choice.toLowerCase() === wanted) ?? true;
}

/** Whether an event passes the filter Status. Events that are not about a status always pass. */
export function passesStatus(selected: unknown, { event, status }: PostbackEvent): boolean {
	return event !== 'message.status' || passesChoices(selected, status, SMS_STATUSES);
}

/**
 * Whether the field Ignore System Words drops an event: a received text such as STOP or HELP, on
 * which the provider acts itself. An opt-out is an event of its own.
 */
export function isIgnoredWord(ignores: unknown, { event, systemWord }: PostbackEvent): boolean {
	const isOn = orUndefined(() => coerceBoolean(ignores, false, 'Ignore System Words'));
	return isOn === true && event === 'message.received' && systemWord !== null;
}

/** @throws Failure for a parameter that cannot be read */
export function checkTriggerParameters(context: IHookFunctions): void {
	readEvents(context);
	const { status, ignoreSystemWords } = readFields(context);
	coerceChoices(status, 'Status', SMS_STATUSES);
	coerceBoolean(ignoreSystemWords, false, 'Ignore System Words');
}
