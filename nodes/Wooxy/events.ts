import type { EventName } from '../shared/model/event';

/** Wooxy's names of SMS events, and the names in outputs (docs/providers/wooxy.md 3.2). */

/**
 * As Wooxy documents them, including the underscore in the first one. INFERRED: deliveries are
 * posted, although one page says that they are not.
 */
const SMS_EVENTS = {
	'message.status': 'sms_delivered',
	'link.clicked': 'sms-clicked',
	'contact.optedIn': 'sms-subscribed',
	'contact.optedOut': 'sms-unsubscribed',
} as const satisfies Partial<Record<EventName, string>>;

/**
 * An event name in the spelling for comparisons. INFERRED: hyphens and underscores are the same,
 * as the underscore in `sms_delivered` may be a slip of the documentation.
 */
export function canonicalEventName(name: string): string {
	return name.trim().toLowerCase().replace(/_/g, '-');
}

/** The trigger's name for an event of Wooxy. */
export function toEventName(name: string): EventName {
	const entry = Object.entries(SMS_EVENTS).find(
		([, wooxyName]) => canonicalEventName(wooxyName) === canonicalEventName(name),
	);
	return (entry?.[0] as EventName | undefined) ?? 'unknown';
}

/**
 * The events to register for. Wooxy has no event `unknown`: it is what cannot be read among the
 * events that Wooxy posts, so `unknown` alone registers for all SMS events.
 */
export function eventsToRegister(selected: string[]): string[] {
	const all = Object.entries(SMS_EVENTS);
	const matching = all.filter(([event]) => selected.includes(event));
	return (matching.length > 0 ? matching : all).map(([, wooxyName]) => wooxyName);
}
