import type { INodeProperties } from 'n8n-workflow';
import { throwInvalidInput } from '../../shared/errors/failure';
import { coerceText } from '../../shared/input/coerce';
import { coerceEntries } from '../../shared/input/collections';
import type { Item } from '../../shared/input/item';
import { sentMessageSchema } from '../../shared/model/message';
import { TEXT } from '../../shared/model/schema';
import { defaultCountryOption, toField } from '../../shared/panel/fields';
import type { Operation } from '../../shared/provider/operation';
import { dryRunOption, isDryRun } from '../../shared/sending/dryRun';
import { notOnRetryOption } from '../../shared/sending/options';
import { limitOptions } from '../../shared/sending/sendLimits';
import type { Api } from '../api/connection';
import { type CustomText, sendSavedMms } from '../api/mms';
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
import { readData, draftOf, readFallback, requireMmsId, readSender } from '../sending';

const customTextsOption: INodeProperties = {
	displayName: 'Custom Texts',
	name: 'customTexts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add text',
	default: {},
	description: 'Texts that replace those of the saved MMS',
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
			description: 'A subject that replaces the one of the saved MMS',
		},
		customTextsOption,
		defaultCountryOption,
		fallbackTextField,
		...fallbackOptions,
		fromMaskOption,
		dataOption('Merge Values', 'Values for the placeholders of the saved MMS'),
		operatorIdOption,
		dryRunOption,
		...limitOptions,
		notOnRetryOption,
	],
	outputSchema: { ...sentMessageSchema, campaignRef: TEXT, mmsId: TEXT },
	run: async (item, api, sends) => {
		const sender = readSender(item);
		const mms = {
			mmsId: requireMmsId(item),
			subject: item.option('customSubject'),
			customTexts: readCustomTexts(item),
			data: readData(item),
			fallback: readFallback(item, item.option('fallbackText')),
		};
		if (isDryRun(item)) return sends.dryRun([draftOf(sender, { mmsId: mms.mmsId })]);
		return await sends.send({
			intents: [{ recipient: sender.to }],
			send: async () => await sendSavedMms(api, sender, mms),
		});
	},
};

function readCustomTexts(item: Item): CustomText[] {
	const rows = coerceEntries(item.options.customTexts, item.label('customTexts'));
	return rows.map(({ slide, text }) => {
		const number = Number(slide);
		if (!Number.isInteger(number) || number < 1) {
			throwInvalidInput(
				`"${String(slide)}" in Custom Texts is not a slide number`,
				'Count slides from 1.',
			);
		}
		return { slide: number, text: coerceText(text, `${item.label('text')} of slide ${number}`) };
	});
}
