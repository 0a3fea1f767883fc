import type { HttpAnswer } from '../../shared/answer';
import { NO_SAVED_MMS } from '../codes';
import { readResponse, valueOf, word } from '../wire';
import type { Field } from '../wire';
import type { Api } from './connection';
import { readOne } from './message';
import type { Report } from './message';
import { call, memberOf } from './request';
import { knownOf, senderFields } from './sender';
import type { Sender } from './sender';

/** Saved MMS: sending, saving and listing them (docs/providers/skycore.md 3.3, 3.5, 3.6). */

/** A text in place of that of one slide, counted from 1. */
export interface CustomText {
	slide: number;
	text: string;
}

interface SavedMms {
	mmsId: string;
	subject?: string;
	customTexts: CustomText[];
	/** Values for the placeholders of the MMS, by tag. */
	data: Field[];
	fallback: Fallback;
}

/** What happens where an MMS cannot be shown. */
export interface Fallback {
	text?: string;
	/** No SMS in its place. */
	noSms: boolean;
	/** No link to the content. */
	noLink: boolean;
}

function fallbackFields({ text, noSms, noLink }: Fallback): Field[] {
	return [
		['FALLBACKSMSTEXT', text],
		['DISABLEFALLBACKSMS', noSms ? 'yes' : undefined],
		['DISABLEFALLBACKSMSLINK', noLink ? 'yes' : undefined],
	];
}

/** sendSavedMMS (3.3). */
export async function sendSavedMms(api: Api, sender: Sender, mms: SavedMms): Promise<Report[]> {
	const fields: Field[] = [
		['MMSID', mms.mmsId],
		...senderFields(sender),
		['CUSTOMSUBJECT', mms.subject],
		...mms.customTexts.map(
			({ slide, text }): Field => [
				'CUSTOMTEXT',
				[
					['VALUE', text],
					['SLIDE', String(slide)],
				],
			],
		),
		['DATA', mms.data.length > 0 ? mms.data : undefined],
		...fallbackFields(mms.fallback),
	];
	const known = { ...knownOf(sender), mmsId: mms.mmsId };
	const read = (answer: HttpAnswer) => readOne(readResponse(answer), known);
	return await call(api, 'sendSavedMMS', fields, read, { kind: 'send' });
}

export interface Slide {
	text?: string;
	imageUrl?: string;
	audioUrl?: string;
	videoUrl?: string;
	/** Seconds. */
	duration?: number;
}

interface NewMms {
	name: string;
	subject: string;
	slides: Slide[];
	fallback: Fallback;
}

function mediaField(name: string, url: string | undefined): Field {
	return [name, url === undefined ? undefined : [['URL', url]]];
}

function slideField({ text, imageUrl, audioUrl, videoUrl, duration }: Slide): Field {
	const inside: Field[] = [
		mediaField('IMAGE', imageUrl),
		mediaField('AUDIO', audioUrl),
		mediaField('VIDEO', videoUrl),
		['TEXT', text],
		['DURATION', duration === undefined ? undefined : String(duration)],
	];
	return ['SLIDE', inside];
}

/** saveMMS (3.5). */
export async function saveMms(api: Api, mms: NewMms): Promise<{ mmsId: string; raw: unknown }> {
	const fields: Field[] = [
		['NAME', mms.name],
		['SUBJECT', mms.subject],
		...fallbackFields(mms.fallback),
		...mms.slides.map(slideField),
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		return { mmsId: memberOf(root, 'MMSID'), raw: valueOf(root) };
	};
	return await call(api, 'saveMMS', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The MMS may have been saved',
			description: 'List the saved MMS with Get Many before you save it again.',
		},
	});
}

/** getMmsIds (3.6): the ids of all saved MMS, none where there are none. */
export async function getMmsIds(api: Api): Promise<string[]> {
	return await call(api, 'getMmsIds', [], (answer) => {
		const root = readResponse(answer, NO_SAVED_MMS);
		const ids = root ? (word(root, 'MMSIDS') ?? '') : '';
		return ids
			.split(',')
			.map((id) => id.trim())
			.filter((id) => id !== '');
	});
}
