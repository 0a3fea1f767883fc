import { failInput } from '../shared/errors';
import { isTakenSince } from '../shared/lookUpLostSend';
import { messageOutput } from '../shared/operation';
import type { Item, Output } from '../shared/operation';
import { splitList } from '../shared/phone';
import { getByReference, refuse } from './api';
import type { Api, Recipient, Report } from './api';
import { toCdyneNumber } from './number';

/** What the sending operations of CDYNE have in common. */

/** The recipients in CDYNE's form, each once. @throws Failure for a number that cannot be one */
export function recipientsOf(item: Item): string[] {
	const country = item.option('defaultCountry');
	const given = splitList(item.parameter<unknown>('to', ''));
	if (given.length === 0) {
		failInput('There is no recipient', 'Give a number in To, such as +1 757 544 9510.');
	}
	return [...new Set(given.map((number) => toCdyneNumber(number, country)))];
}

/** One output per recipient. @throws Failure where the only recipient was refused */
export function resultsOf(reports: Report[]): Output[] {
	const [only, ...others] = reports;
	if (others.length === 0 && only.message.status === 'failed') refuse(only.error);
	return reports.map(({ message, raw }) => messageOutput(message, raw));
}

/**
 * The messages that a send with a lost answer left behind, in the order of the recipients, or
 * undefined where CDYNE does not know (all of) them. References of the user may stand on older
 * messages too: those do not count unless they were taken after the call.
 *
 * @param calledAt epoch milliseconds
 * @param own the references were made for this call
 */
export async function takenSince(
	api: Api,
	to: Recipient[],
	calledAt: number,
	own: boolean,
): Promise<Report[] | undefined> {
	const references = [...new Set(to.map(({ reference }) => reference))];
	const found = await Promise.all(references.map((reference) => getByReference(api, reference)));
	const isOurs = ({ message: { sentAt } }: Report) => own || isTakenSince(calledAt, sentAt);
	const ours = found.flat().filter(isOurs);
	if (ours.length < to.length) return undefined;
	return to.map(({ number, reference }, position) => {
		const report = own
			? (ours.find(({ message }) => message.referenceId === reference) ?? ours[position])
			: ours[position];
		return { ...report, message: { ...report.message, to: number } };
	});
}
