import type { INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../errors/failure';
import type { Item } from '../input/item';

export const textsPerSecondOption: INodeProperties = {
	displayName: 'Texts per Second',
	name: 'textsPerSecond',
	type: 'number',
	typeOptions: { minValue: 0, numberPrecision: 4 },
	default: 1,
	description:
		'How many texts are sent per second, for an account and sender, over all executions of this n8n process. It must be above 0; with 0.5, a text is sent every other second. A long text counts as one.',
};

/** How many texts of a sender may be sent. */
export interface TextRate {
	perSecond: number;
	/** In lower case and without punctuation; empty for the default sender of the account. */
	sender: string;
}

/** The rate of an item; undefined if it is not limited. @throws Failure if it is not above 0 */
export function textRateOf(item: Item): TextRate | undefined {
	const perSecond = item.numberOption('textsPerSecond', Infinity);
	if (perSecond === Infinity) return undefined;
	if (!(perSecond > 0)) {
		throwInvalidInput(
			`${item.label('textsPerSecond')} is ${perSecond}, which is not above 0`,
			'Enter a number above 0, such as 1 or 0.5. To send without a limit, remove the option.',
		);
	}
	// Skycore has its sender outside the options
	const from = item.option('from') ?? String(item.parameter<unknown>('from', '') ?? '');
	return { perSecond, sender: from.toLowerCase().replace(/[^\p{L}\d]/gu, '') };
}
