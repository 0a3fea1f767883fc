import { failInput } from '../shared/errors';
import type { Item } from '../shared/item';

/** The domain of an item, by its name: Wooxy takes no id when it sends (docs/providers/wooxy.md 2.1). */
export function domainOf(item: Item): string {
	return requireDomain(item.chosen('domain'));
}

/** @throws Failure where no domain was chosen */
export function requireDomain(domain: string): string {
	if (domain === '') {
		failInput(
			'The domain is empty',
			'Choose a verified domain of your account from the list, or give its name.',
		);
	}
	return domain;
}
