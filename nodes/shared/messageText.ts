import { failInput } from './errors';
import type { Item } from './item';

/** The text to send, as it is. @throws Failure where it is empty */
export function requireMessage(item: Item): string {
	const text = item.text('message');
	if (text.trim() === '') {
		failInput('The message is empty', 'Give the text to send. Check the expression in Message.');
	}
	return text;
}
