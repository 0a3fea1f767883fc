import type { EventName } from '../shared/event';

/** Wooxy's names of SMS events, and ours (docs/providers/wooxy.md 3.2). */

/** Spelt as the documentation does, the odd underscore included. */
const SMS_EVENTS = {
	'message.status': 'sms_delivered',
	'link.clicked': 'sms-clicked',
	'contact.optedIn': 'sms-subscribed',
	'contact.optedOut': 'sms-unsubscribed',
} as const satisfies Partial<Record<EventName, string>>;

/** A name in the one form in which its spellings agree (INFERRED: the underscore may be a slip). */
export function comparable(name: string): string {
	return name.trim().toLowerCase().replace(/_/g, '-');
}

/** Our name for an event that came. */
export function eventNamed(name: string): EventName {
	const known = Object.entries(SMS_EVENTS).find(
		([, theirs]) => comparable(theirs) === comparable(name),
	);
	return (known?.[0] as EventName | undefined) ?? 'unknown';
}

/**
 * What to register for. Unknown is no event of Wooxy's: it is what cannot be read among those that
 * come, and alone it stands for all of SMS.
 */
export function eventsToRegister(selected: string[]): string[] {
	const wanted = Object.entries(SMS_EVENTS).filter(([ours]) => selected.includes(ours));
	const names = wanted.length > 0 ? wanted : Object.entries(SMS_EVENTS);
	return names.map(([, theirs]) => theirs);
}
