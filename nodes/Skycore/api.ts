import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { baseUrlOf } from '../shared/baseUrl';
import { fail, failInput } from '../shared/errors';
import { createHttp } from '../shared/http';
import type { HttpAnswer } from '../shared/answer';
import type { Http, HttpContext, HttpRequest } from '../shared/http';
import { smsMessage } from '../shared/message';
import type { SmsMessage } from '../shared/message';
import type { Connection } from '../shared/operation';
import { countSegments } from '../shared/segments';
import { child, children } from '../shared/xml';
import type { XmlElement } from '../shared/xml';
import { NO_CAMPAIGNS, NO_SAVED_MMS } from './codes';
import {
	failureOf,
	isDoubtful,
	isRefused,
	readResponse,
	refusalOf,
	valueOf,
	word,
	writeRequest,
} from './wire';
import type { Field } from './wire';

/** Skycore's messaging API 1.3: its calls, what goes out and what comes back (docs/providers/skycore.md 3). */

export const PROVIDER = 'skycore';

export interface Api extends Connection {
	http: Http;
	/** The whole address; every action has the same one. */
	baseUrl: string;
	apiKey: string;
}

/** What the credential holds. */
interface Values {
	baseUrl?: unknown;
	apiKey?: unknown;
	postbackToken?: unknown;
}

/** The connection that a credential's values make. @throws Failure where the address is none */
export function connectWith(context: HttpContext, values: Values): Api {
	const apiKey = String(values.apiKey ?? '').trim();
	const http = createHttp(context, [apiKey, String(values.postbackToken ?? '').trim()]);
	const baseUrl = baseUrlOf(values.baseUrl, 'https://secure.skycore.com/API/wxml/1.3/index.php');
	return { http, redact: http.redact, baseUrl, apiKey };
}

/** Reads the credential. @throws NodeOperationError when the node has none */
export async function connect(context: IExecuteFunctions): Promise<Api> {
	return connectWith(context, await context.getCredentials('skycoreApi'));
}

/** One action: a POST of a form with the document in the field `xml` (1.2). */
async function call<T>(
	api: Api,
	action: string,
	fields: readonly Field[],
	read: (answer: HttpAnswer) => T,
	how: Pick<HttpRequest, 'kind' | 'ambiguity'> = { kind: 'repeatable' },
): Promise<T> {
	const xml = writeRequest([['ACTION', action], ['API_KEY', api.apiKey], ...fields]);
	return await api.http.request(
		{
			...how,
			method: 'POST',
			url: api.baseUrl,
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ xml }).toString(),
		},
		read,
	);
}

// ---- messages ---------------------------------------------------------------------------------

/** What became of one recipient, and the part of the answer that says so. */
export interface Report {
	message: SmsMessage;
	element: XmlElement;
	raw: unknown;
}

/** What the node knows of a message before it is sent. */
type Known = Partial<SmsMessage>;

/** A message out of an answer, or out of the part of one that is about one recipient (2). */
export function readReport(element: XmlElement, known: Known): Report {
	const message = { ...known, provider: PROVIDER };
	message.to = word(element, 'TO') ?? known.to ?? null;
	// the platform may send from another code than the one asked for (1.4)
	message.from = word(element, 'FROM') ?? known.from ?? null;
	const raw = valueOf(element);
	const providerStatus = word(element, 'STATUS');
	if (isRefused(element)) {
		const { code, words } = refusalOf(element);
		const isOpen = isDoubtful(element);
		const refused = smsMessage({
			...message,
			// a fault inside Skycore leaves open whether the message is out
			status: isOpen ? 'unknown' : 'failed',
			isFinal: !isOpen,
			providerStatus: providerStatus ?? 'Failure',
			errorCode: code,
			errorMessage: words,
		});
		return { message: refused, element, raw };
	}
	const messageId = word(element, 'TRACKINGID');
	const accepted = smsMessage({
		...message,
		messageId,
		// without an id it is no success
		status: messageId === null ? 'unknown' : 'queued',
		providerStatus: providerStatus ?? 'accepted',
	});
	return { message: accepted, element, raw };
}

/** The parts of an answer that are about one recipient each. */
function recipientsOf(root: XmlElement): XmlElement[] {
	return root.children.filter(({ name }) => name === 'SUBSCRIBER' || name === 'SENDING');
}

/** @returns one report per recipient; none is left out */
function readSent(root: XmlElement, known: Known): Report[] {
	const recipients = recipientsOf(root);
	if (recipients.length > 0) return recipients.map((element) => readReport(element, known));
	if (word(root, 'STATUS') === null && word(root, 'TRACKINGID') === null) {
		fail({
			kind: 'malformed',
			message: 'Expected a STATUS or a TRACKINGID of Skycore, got a RESPONSE with neither',
		});
	}
	return [readReport(root, known)];
}

/**
 * The reports of a send to one number: one, unless Skycore took it for several messages.
 *
 * @throws Failure where that number was refused, or nothing says that the message is out
 */
function readOne(root: XmlElement, known: Known): Report[] {
	const reports = readSent(root, known);
	if (reports.some(({ message }) => message.status === 'queued')) return reports;
	const [{ element }] = reports;
	if (isRefused(element)) throw failureOf(element);
	return fail({
		kind: 'malformed',
		message: 'Expected a TRACKINGID of Skycore, got a success without one',
	});
}

export interface Sender {
	/** Digits, with the country code. */
	to: string;
	from: string;
	fromMask?: string;
	operatorId?: string;
	campaignRef?: string;
}

function senderFields({ to, from, fromMask, operatorId, campaignRef }: Sender): Field[] {
	return [
		['TO', to],
		['FROM', from],
		['FROM_MASK', fromMask],
		['OPERATORID', operatorId],
		['CAMPAIGNREF', campaignRef],
	];
}

function countedOf(text: string): Known {
	const { segments, encoding } = countSegments(text);
	return { segments, encoding };
}

function knownOf({ to, from, campaignRef }: Sender): Known {
	return { to, from, ...(campaignRef !== undefined && { campaignRef }) };
}

/** sendSMS (3.2). */
export async function sendSms(api: Api, sender: Sender, text: string): Promise<Report[]> {
	const fields: Field[] = [...senderFields(sender), ['TEXT', text]];
	const known = { ...knownOf(sender), ...countedOf(text) };
	const read = (answer: HttpAnswer) => readOne(readResponse(answer), known);
	return await call(api, 'sendSMS', fields, read, { kind: 'send' });
}

/** A text in place of that of one slide, counted from 1. */
export interface CustomText {
	slide: number;
	text: string;
}

export interface SavedMms {
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

/** Exactly one of the two goes to a subscriber (3.1). */
export interface Content {
	text?: string;
	mmsId?: string;
}

/**
 * sendMessageBySubscriberRef (3.1).
 *
 * @returns one report per phone number of the reference, refused ones included
 * @throws Failure where the whole call was refused, and where the answer names no number
 */
export async function sendToSubscriber(
	api: Api,
	subscriberRef: string,
	campaignRef: string,
	{ text, mmsId }: Content,
): Promise<Report[]> {
	if ((text === undefined) === (mmsId === undefined)) {
		failInput(
			'Skycore takes either a text or a saved MMS for a subscriber, not both and not neither',
			'Use one operation for the text and another one for the MMS.',
		);
	}
	const fields: Field[] = [
		['MMSID', mmsId],
		['TEXT', text],
		['SUBSCRIBERREF', subscriberRef],
		['CAMPAIGNREF', campaignRef],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		if (recipientsOf(root).length === 0 && word(root, 'TRACKINGID') === null) {
			fail({
				kind: 'rejected',
				message: `Skycore's answer names no subscriber of "${subscriberRef}" in campaign "${campaignRef}", so nobody is known to have been texted`,
				description:
					'Check that the reference has numbers that are subscribed to this campaign, and look at the log of the account before you send again.',
			});
		}
		const known = {
			...(text !== undefined && countedOf(text)),
			subscriberRef: word(root, 'SUBSCRIBERREF') ?? subscriberRef,
			campaignRef: word(root, 'CAMPAIGNREF') ?? campaignRef,
			...(mmsId !== undefined && { mmsId }),
		};
		return readSent(root, known);
	};
	return await call(api, 'sendMessageBySubscriberRef', fields, read, { kind: 'send' });
}

// ---- saved MMS ----------------------------------------------------------------------------------

export interface Slide {
	text?: string;
	imageUrl?: string;
	audioUrl?: string;
	videoUrl?: string;
	/** Seconds. */
	duration?: number;
}

export interface NewMms {
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
		return { mmsId: required(root, 'MMSID'), raw: valueOf(root) };
	};
	return await call(api, 'saveMMS', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The MMS may have been saved',
			description: 'List the saved MMS with Get Many before you save it again.',
		},
	});
}

function required(root: XmlElement, name: string): string {
	const value = word(root, name);
	return (
		value ??
		fail({ kind: 'malformed', message: `Expected ${name} of Skycore, got a RESPONSE without it` })
	);
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

// ---- campaigns ----------------------------------------------------------------------------------

/** getMmsCampaigns (3.6): none where there are none. */
export async function getCampaigns(api: Api): Promise<Array<{ json: IDataObject; raw: unknown }>> {
	return await call(api, 'getMmsCampaigns', [], (answer) => {
		const root = readResponse(answer, NO_CAMPAIGNS);
		return children(child(root, 'MMSCAMPAIGNS'), 'CAMPAIGN').map((campaign) => ({
			json: { provider: PROVIDER, campaignId: word(campaign, 'ID'), name: word(campaign, 'NAME') },
			raw: valueOf(campaign),
		}));
	});
}

/** createMMSCampaign (3.6). */
export async function createCampaign(api: Api, campaignName: string, brandName: string) {
	const fields: Field[] = [
		['CAMPAIGNNAME', campaignName],
		['BRANDNAME', brandName],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		const json: IDataObject = {
			provider: PROVIDER,
			campaignId: required(root, 'CAMPAIGNID'),
			campaignName: word(root, 'CAMPAIGNNAME') ?? campaignName,
			brandName: word(root, 'BRANDNAME') ?? brandName,
		};
		return { json, raw: valueOf(root) };
	};
	return await call(api, 'createMMSCampaign', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The campaign may have been created',
			description: 'List the campaigns with Get Many before you create it again.',
		},
	});
}

// ---- subscribers --------------------------------------------------------------------------------

export interface Subscription {
	/** Digits, with the country code. */
	mobile: string;
	campaignRef: string;
	subscriberRef?: string;
	/** What is kept about the subscriber, by tag. */
	data?: Field[];
	timezone?: string;
	/** Tell the subscriber by SMS. */
	notify?: boolean;
}

/** The older platform names the campaign by its number (10, row 3). */
function subscriptionOf(root: XmlElement, { mobile, campaignRef, subscriberRef }: Subscription) {
	const json: IDataObject = {
		provider: PROVIDER,
		mobile: word(root, 'MOBILE') ?? mobile,
		campaignRef: word(root, 'CAMPAIGNREF') ?? word(root, 'CAMPAIGNID') ?? campaignRef,
		subscriberRef: word(root, 'SUBSCRIBERREF') ?? subscriberRef ?? null,
	};
	return json;
}

/** subscribe (3.7). The campaign may greet the number, so it is not repeated lightly. */
export async function subscribe(api: Api, to: Subscription) {
	const fields: Field[] = [
		['CAMPAIGNREF', to.campaignRef],
		['MOBILE', to.mobile],
		['SUBSCRIBERREF', to.subscriberRef],
		['DATA', to.data?.length ? to.data : undefined],
		['TIMEZONE', to.timezone],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		return { json: { ...subscriptionOf(root, to), subscribed: true }, raw: valueOf(root) };
	};
	return await call(api, 'subscribe', fields, read, {
		kind: 'send',
		ambiguity: {
			message: 'The number may have been subscribed',
			description:
				'Skycore may have done it before the answer was lost, and the campaign may greet the number each time. Look into the account before you subscribe it again.',
		},
	});
}

/** unsubscribe (3.7); harmless twice, unless the subscriber is told by SMS. */
export async function unsubscribe(api: Api, from: Subscription) {
	const fields: Field[] = [
		['CAMPAIGNREF', from.campaignRef],
		['MOBILE', from.mobile],
		['NOTIFY', from.notify === undefined ? undefined : from.notify ? 'yes' : 'no'],
	];
	const read = (answer: HttpAnswer) => {
		const root = readResponse(answer);
		return { json: { ...subscriptionOf(root, from), subscribed: false }, raw: valueOf(root) };
	};
	const how: Pick<HttpRequest, 'kind' | 'ambiguity'> = from.notify
		? {
				kind: 'send',
				ambiguity: {
					message: 'The number may have been unsubscribed',
					description: 'Unsubscribe it again with Notify off; that does no harm.',
				},
			}
		: { kind: 'repeatable' };
	return await call(api, 'unsubscribe', fields, read, how);
}
