import type { INodeProperties } from 'n8n-workflow';
import { dryRunOption, isDryRun } from '../../shared/dryRun';
import { failInput } from '../../shared/errors';
import { defaultCountryOption, toField } from '../../shared/fields';
import type { Item } from '../../shared/item';
import { sentShape } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { checkRetry, notOnRetryOption } from '../../shared/retried';
import { TEXT } from '../../shared/schema';
import { readText } from '../../shared/typed';
import type { Api } from '../api/connection';
import { sendSavedMms } from '../api/mms';
import type { CustomText } from '../api/mms';
import {
	campaignRefOption,
	dataOption,
	fallbackOptions,
	fallbackTextField,
	fromField,
	fromMaskOption,
	mmsIdField,
	operatorIdOption,
} from '../fields';
import {
	dataOf,
	dryRunOf,
	entriesOf,
	fallbackOf,
	mmsIdOf,
	groupOutputs,
	senderOf,
} from '../sending';

const customTextsOption: INodeProperties = {
	displayName: 'Custom Texts',
	name: 'customTexts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add text',
	default: {},
	description: 'Texts that take the place of those of the saved MMS',
	options: [
		{
			displayName: 'Text',
			name: 'texts',
			values: [
				{
					displayName: 'Slide',
					name: 'slide',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 8 },
					default: 1,
					description: 'Number of the slide, counted from 1',
				},
				{
					displayName: 'Text',
					name: 'text',
					type: 'string',
					typeOptions: { rows: 2 },
					default: '',
					placeholder: 'e.g. Twenty percent off',
					description: 'The text to show on that slide',
				},
			],
		},
	],
};

export const sendSaved: Operation<Api> = {
	resource: 'mms',
	operation: 'sendSaved',
	name: 'Send Saved',
	action: 'Send a saved MMS',
	description: 'Send a saved MMS to one number',
	sends: true,
	fields: [mmsIdField, toField, fromField],
	options: [
		campaignRefOption,
		{
			displayName: 'Custom Subject',
			name: 'customSubject',
			type: 'string',
			default: '',
			placeholder: 'e.g. Only this week',
			description: 'A subject that takes the place of that of the saved MMS',
		},
		customTextsOption,
		defaultCountryOption,
		fallbackTextField,
		...fallbackOptions,
		fromMaskOption,
		dataOption('Merge Values', 'Values for the placeholders of the saved MMS'),
		operatorIdOption,
		dryRunOption,
		notOnRetryOption,
	],
	gives: { ...sentShape, campaignRef: TEXT, mmsId: TEXT },
	run: async (item, api) => {
		const sender = senderOf(item);
		const mms = {
			mmsId: mmsIdOf(item),
			subject: item.option('customSubject'),
			customTexts: customTextsOf(item),
			data: dataOf(item),
			fallback: fallbackOf(item, item.option('fallbackText')),
		};
		if (isDryRun(item)) return dryRunOf(sender, { mmsId: mms.mmsId });
		checkRetry(item);
		return groupOutputs(await sendSavedMms(api, sender, mms));
	},
};

function customTextsOf(item: Item): CustomText[] {
	return entriesOf(item.options.customTexts).map(({ slide, text }) => {
		const number = Number(slide);
		if (!Number.isInteger(number) || number < 1) {
			failInput(
				`"${String(slide)}" in Custom Texts is not the number of a slide`,
				'Count the slides from 1.',
			);
		}
		return { slide: number, text: readText(text, `The text of slide ${number}`) };
	});
}
