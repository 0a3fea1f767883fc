import type { Item } from '../shared/item';
import { required } from '../shared/required';

/** The domain of an item, by its name: Wooxy takes no id when it sends (docs/providers/wooxy.md 2.1). */
export function domainOf(item: Item): string {
	return requireDomain(item.chosen('domain'));
}

/** @throws Failure where no domain was chosen */
export function requireDomain(domain: string): string {
	const advice = 'Choose a verified domain of your account from the list, or give its name.';
	return required(domain, 'domain', advice);
}
