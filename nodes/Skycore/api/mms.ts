import type { HttpResponse } from '../../shared/http/response';
import type { Outcome } from '../../shared/model/outcome';
import { NO_SAVED_MMS } from '../codes';
import { type Field, readResponse, toJsonValue, trimmedText } from '../wire';
import type { Api } from './connection';
import { readSingleSend } from './message';
import { call, requireChild, send } from './request';
import { type Sender, senderDraft, senderFields } from './sender';

/** Sends, saves and lists saved MMS (docs/providers/skycore.md 3.3, 3.5, 3.6). */

export interface CustomText {
	/** Counted from 1. */
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

/** What a recipient gets if the handset cannot show MMS. */
export interface Fallback {
	text?: string;
	/** No SMS instead of the MMS. */
	noSms: boolean;
	/** No link to the content in that SMS. */
	noLink: boolean;
}

function fallbackFields({ text, noSms, noLink }: Fallback): Field[] {
	return [
		['FALLBACKSMSTEXT', text],
		['DISABLEFALLBACKSMS', noSms ? 'yes' : undefined],
		['DISABLEFALLBACKSMSLINK', noLink ? 'yes' : undefined],
	];
}

function customTextField({ slide, text }: CustomText): Field {
	const value: Field = ['VALUE', text];
	return ['CUSTOMTEXT', [value, ['SLIDE', String(slide)]]];
}

/** sendSavedMMS (3.3). */
export async function sendSavedMms(api: Api, sender: Sender, mms: SavedMms): Promise<Outcome[]> {
	const fields: Field[] = [
		['MMSID', mms.mmsId],
		...senderFields(sender),
		['CUSTOMSUBJECT', mms.subject],
		...mms.customTexts.map(customTextField),
		['DATA', mms.data.length > 0 ? mms.data : undefined],
		...fallbackFields(mms.fallback),
	];
	const draft = { ...senderDraft(sender), mmsId: mms.mmsId };
	return await send(api, 'sendSavedMMS', fields, (response) => readSingleSend(response, draft));
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
	const children: Field[] = [
		mediaField('IMAGE', imageUrl),
		mediaField('AUDIO', audioUrl),
		mediaField('VIDEO', videoUrl),
		['TEXT', text],
		['DURATION', duration === undefined ? undefined : String(duration)],
	];
	return ['SLIDE', children];
}

/** saveMMS (3.5). */
export async function saveMms(api: Api, mms: NewMms): Promise<{ mmsId: string; raw: unknown }> {
	const fields: Field[] = [
		['NAME', mms.name],
		['SUBJECT', mms.subject],
		...fallbackFields(mms.fallback),
		...mms.slides.map(slideField),
	];
	const read = (response: HttpResponse) => {
		const root = readResponse(response);
		return { mmsId: requireChild(root, 'MMSID'), raw: toJsonValue(root) };
	};
	return await call(api, 'saveMMS', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The MMS may have been saved',
			description: 'List the saved MMS with Get Many before you save it again.',
		},
	});
}

/** getMmsIds (3.6): the IDs of all saved MMS. */
export async function getMmsIds(api: Api): Promise<string[]> {
	return await call(api, 'getMmsIds', [], (response) => {
		const root = readResponse(response, NO_SAVED_MMS);
		const ids = (root && trimmedText(root, 'MMSIDS'))?.split(',') ?? [];
		return ids.map((id) => id.trim()).filter((id) => id !== '');
	});
}
