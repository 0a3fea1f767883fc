import { throwInvalidInput } from '../shared/errors/failure';
import { coerceText } from '../shared/input/coerce';
import { coerceEntries } from '../shared/input/collections';
import type { Item } from '../shared/input/item';
import { requireMessage } from '../shared/input/messageText';
import { requireField, requireId } from '../shared/input/required';
import type { Draft } from '../shared/provider/sendPlan';
import type { Extras } from './api/message';
import type { Fallback } from './api/mms';
import type { Sender } from './api/sender';
import { PROVIDER } from './name';
import { fromSkycoreForm, parseNumber, parseSender } from './number';
import type { Field } from './wire';

/** Characters. What happens to a longer text is not documented (docs/providers/skycore.md 3.2). */
const MAX_TEXT_LENGTH = 160;
/** Characters. The platform truncates a longer name. */
const MAX_FROM_MASK_LENGTH = 11;

/** The text of an SMS. @throws Failure if it is empty, or too long while Check Length is on */
export function requireSmsText(item: Item): string {
	const text = requireMessage(item);
	const { length } = [...text];
	if (length > MAX_TEXT_LENGTH && item.flagOption('checkLength', true)) {
		throwInvalidInput(
			`The message has ${length} characters, and the maximum is ${MAX_TEXT_LENGTH}`,
			'Shorten it, or turn off Check Length in the options. What Skycore does with a longer text is not documented.',
		);
	}
	return text;
}

/** The recipient, the sender and related options. @throws Failure if one of them is not valid */
export function readSender(item: Item): Sender {
	const fromMask = item.option('fromMask');
	if (fromMask !== undefined && [...fromMask].length > MAX_FROM_MASK_LENGTH) {
		throwInvalidInput(
			`From Mask "${fromMask}" has ${[...fromMask].length} characters, and Skycore truncates it after ${MAX_FROM_MASK_LENGTH}`,
			'Enter a shorter name.',
		);
	}
	return {
		to: parseNumber(item.text('to'), item.option('defaultCountry')),
		from: parseSender(item.text('from')),
		fromMask,
		operatorId: item.option('operatorId')?.trim(),
		campaignRef: item.option('campaignRef')?.trim(),
	};
}

/** The message of a dry run of a send to a number. */
export function draftOf(
	sender: Sender,
	content: { text?: string; mmsId?: string },
): Draft & Partial<Extras> {
	const { to, from, campaignRef } = sender;
	const campaign = campaignRef !== undefined && { campaignRef };
	const long = fromSkycoreForm(from);
	return { provider: PROVIDER, to, from: long, ...campaign, ...content };
}

/** The subscriber and its campaign. @throws Failure if one of them is empty */
export function requireSubscriber(item: Item): { subscriberRef: string; campaignRef: string } {
	const advice = 'Enter the reference that the numbers were subscribed with.';
	const subscriberRef = requireField(item, 'subscriberRef', advice);
	return { subscriberRef, campaignRef: requireCampaign(item) };
}

/** The reference of a campaign. @throws Failure if it is empty */
export function requireCampaign(item: Item): string {
	const advice = 'Enter the reference of the campaign that the numbers are subscribed to.';
	return requireField(item, 'campaignRef', advice);
}

const MMS_ID = {
	pattern: /^\d+$/,
	kind: 'the ID of a saved MMS',
	advice: 'Enter the digits that Save returned or Get Many lists, such as 35674.',
};

/** The ID of a saved MMS, as text. @throws Failure if it is not a whole number */
export function requireMmsId(item: Item): string {
	return requireId(item.locatorValue('mmsId'), item.label('mmsId'), MMS_ID);
}

/** What a recipient gets if the handset cannot show MMS. */
export function readFallback(item: Item, text: string | undefined): Fallback {
	return {
		text,
		noSms: item.flagOption('disableFallbackSms'),
		noLink: item.flagOption('disableFallbackLink'),
	};
}

/** Values by tag. @throws Failure if a tag cannot be the name of an XML element */
export function readData(item: Item): Field[] {
	return coerceEntries(item.options.data, item.label('data')).map(({ tag, value }): Field => {
		const name = coerceText(tag, 'A tag').trim();
		if (!/^[A-Za-z_][\w.-]*$/.test(name)) {
			throwInvalidInput(
				`"${name}" cannot be a tag`,
				'A tag starts with a letter and has only letters, digits and underscores, such as FIRST_NAME.',
			);
		}
		return [name, coerceText(value, `The value of ${name}`)];
	});
}
