import { normalizeInput } from '../input/normalizeInput';
import type { SmsMessage } from '../model/message';

/** Which ids and numbers in postbacks are those of a message. */

/**
 * Whether an id is one of a message, whatever its case: some postbacks write GUIDs differently.
 *
 * @param furtherIds the ids under which the provider sent the message again
 */
export function isOwnId(
	id: string | null,
	message: Pick<SmsMessage, 'messageId'>,
	furtherIds: readonly string[],
): boolean {
	const wanted = id?.toLowerCase();
	return (
		wanted !== undefined &&
		[message.messageId, ...furtherIds].some((own) => own?.toLowerCase() === wanted)
	);
}

/**
 * The digits of a number in the form of its country: without `+`, 00 or 011, and without the digit
 * that networks add to mobile numbers, which postbacks may leave out (1 in Mexico, 9 in Argentina).
 */
function digitsOf(number: string | null): string {
	return normalizeInput(number ?? '')
		.replace(/\D/g, '')
		.replace(/^(?:011|00)/, '')
		.replace(/^521(?=\d{10}$)/, '52')
		.replace(/^549(?=\d{10}$)/, '54');
}

/** Whether two numbers are the same, also without the 1 of North America. */
export function isSameNumber(first: string | null, second: string | null): boolean {
	const [a, b] = [digitsOf(first), digitsOf(second)];
	const isSame =
		a === b || (a.length === 10 && `1${a}` === b) || (b.length === 10 && `1${b}` === a);
	return isSame && a !== '';
}
