import type { Item } from '../shared/input/item';
import { requireValue } from '../shared/input/required';
import { domainField } from './fields';

/** The name of the domain of an item: sms/send takes no ID (docs/providers/wooxy.md 2.1). */
export function readDomain(item: Item): string {
	return requireDomain(item.locatorValue('domain'));
}

/** @throws Failure if no domain was chosen */
export function requireDomain(domain: string): string {
	const advice = 'Choose a verified domain of your account from the list, or enter its name.';
	return requireValue(domain, domainField.displayName, advice);
}
