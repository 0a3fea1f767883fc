import { Skycore } from '../../../nodes/Skycore/Skycore.node';
import type { Operation, ProviderModel, Said, Sent, WireRequest } from './model';
import { digitsOf, isAffected, pick } from './model';

/** Skycore as docs/providers/skycore.md describes it. */

const API_KEY = 'simulated-key-of-skycore';
const TOKEN = 'simulated-skycore-postbacks-token';
const FROM = '60856';

/** Codes that refuse a message (5.1 - 5.3). */
const REFUSALS = ['E100', 'E104', 'E107', 'E110', 'E111', 'E114', 'E713', 'E721'];
/** Codes that refuse it for now. */
const TEMPORARY = ['E106', 'E113', 'E120', 'E626'];

interface Read {
	action: string;
	recipients: string[];
	text: string;
	subscriberRef: string;
}

/** The numbers of a subscriber are in its reference, so that an item decides them. */
const subscriberRefOf = (numbers: string[]) => `ACCT-${numbers.join('-')}`;

function readBody({ body }: WireRequest): Read {
	const xml = new URLSearchParams(body).get('xml') ?? '';
	const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
	const subscriberRef = field('SUBSCRIBERREF');
	return {
		action: field('ACTION'),
		recipients: subscriberRef ? subscriberRef.split('-').slice(1) : [digitsOf(field('TO'))],
		text: field('TEXT') || field('MMSID'),
		subscriberRef,
	};
}

type Fields = Array<[string, string]>;

const elementsOf = (fields: Fields) =>
	fields.map(([name, text]) => `<${name}>${text}</${name}>`).join('');

const xml = (inside: string) => ({
	status: 200,
	type: 'text/xml; charset=UTF-8',
	body: `<?xml version="1.0"?><RESPONSE>${inside}</RESPONSE>`,
});

const failure = (code: string, info = 'refused') =>
	elementsOf([
		['STATUS', 'Failure'],
		['ERRORCODE', code],
		['ERRORINFO', info],
	]);

const operation = (
	resource: string,
	name: string,
	several: boolean,
	parameters: object,
): Operation => ({
	name: `${resource}.${name}`,
	several,
	references: false,
	findable: 'never',
	unicode: resource === 'sms',
	parameters: { resource, operation: name, ...parameters },
});

const text = { message: '={{ $json.message }}' };
const mms = { mmsId: '={{ $json.mmsId }}' };
const number = { to: '={{ $json.to }}', from: FROM };
const subscriber = { subscriberRef: '={{ $json.subscriberRef }}', campaignRef: 'Campaign123' };

export const skycore: ProviderModel = {
	name: 'skycore',
	node: new Skycore(),
	operations: [
		operation('sms', 'send', false, { ...number, ...text }),
		operation('sms', 'sendToSubscriber', true, { ...subscriber, ...text }),
		operation('mms', 'sendSaved', false, { ...number, ...mms }),
		operation('mms', 'sendToSubscriber', true, { ...subscriber, ...mms }),
	],
	concurrency: 5,
	quirks: [
		'refusal',
		'temporaryRefusal',
		'refusedRecipients',
		'codeBesideAcceptance',
		'refusedThenOpen',
		'internalErrorAccepted',
		'internalError',
		'unlistedCodeAccepted',
		'acceptedWithoutId',
	],
	credentials: (process) => ({
		skycoreApi: {
			baseUrl: `https://skycore-${process}.example/API/wxml/1.3/index.php`,
			apiKey: API_KEY,
			postbackToken: TOKEN,
		},
	}),
	secrets: [API_KEY, TOKEN],
	number: (index) => String(16505550000 + index),
	parameters: ({ settings }) => ({ options: { notOnRetry: settings.notOnRetry } }),
	itemFields: ({ to, invalid }, _operation, content) => {
		const numbers = to.map((index) => skycore.number(index));
		return {
			to: invalid ? '12' : numbers[0],
			subscriberRef: invalid ? '' : subscriberRefOf(numbers),
			message: content,
			// the marker at the start of each text
			mmsId: String(parseInt(content, 10)),
		};
	},
	isSend: (request) => readBody(request).action.toLowerCase().startsWith('send'),
	read: (request) => {
		const { recipients, text: content } = readBody(request);
		return recipients.map((to) => ({ to, text: content, reference: null, said: 'unclear' }));
	},
	send(truth, request, quirk) {
		const { recipients, text: content, subscriberRef } = readBody(request);
		const says = (said: Said): Sent[] =>
			recipients.map((to) => ({ to, text: content, reference: null, said }));
		const accept = (to: string) =>
			truth.accept({ id: `DrXAFP-${truth.next()}-JZL`, to, text: content, reference: null }).id;
		const accepted = (to: string, withId = true): Fields => [
			['STATUS', 'Success'],
			...((id) => (withId ? ([['TRACKINGID', id]] as Fields) : []))(accept(to)),
			['TO', to],
			['FROM', FROM],
		];
		const echo: Fields = subscriberRef
			? [
					['SUBSCRIBERREF', subscriberRef],
					['CAMPAIGNREF', 'Campaign123'],
				]
			: [];
		const blocks = (fieldsOf: (to: string, position: number) => string) =>
			elementsOf(echo) +
			(subscriberRef
				? recipients.map((to, index) => `<SUBSCRIBER>${fieldsOf(to, index)}</SUBSCRIBER>`).join('')
				: fieldsOf(recipients[0], 0));
		switch (quirk.name) {
			case 'refusal':
				return { response: xml(failure(pick(REFUSALS, quirk))), messages: says('refused') };
			case 'temporaryRefusal': {
				const info = 'Can access API only in every 3 seconds';
				return { response: xml(failure(pick(TEMPORARY, quirk), info)), messages: says('refused') };
			}
			case 'refusedRecipients': {
				const messages = says('accepted');
				const inside = blocks((to, position) => {
					if (!isAffected(quirk, position)) return elementsOf(accepted(to));
					messages[position].said = 'refused';
					return failure('E114') + elementsOf([['TO', to]]);
				});
				return { response: xml(inside), messages };
			}
			case 'codeBesideAcceptance': {
				const inside = blocks((to) => elementsOf(accepted(to)));
				const code = elementsOf([
					['ERRORCODE', pick(REFUSALS, quirk)],
					['ERRORINFO', 'refused'],
				]);
				return { response: xml(code + inside), messages: says('unclear') };
			}
			case 'refusedThenOpen': {
				const parts = recipients.map((to) => {
					const open = elementsOf(accepted(to, quirk.choice % 2 === 0));
					const name = subscriberRef ? 'SUBSCRIBER' : 'SENDING';
					const refused = failure('E114') + elementsOf([['TO', to]]);
					return `<${name}>${refused}</${name}><${name}>${open}</${name}>`;
				});
				return { response: xml(elementsOf(echo) + parts.join('')), messages: says('unclear') };
			}
			case 'internalErrorAccepted':
			case 'unlistedCodeAccepted': {
				recipients.forEach(accept);
				const code = quirk.name === 'internalErrorAccepted' ? 'E503' : 'E998';
				return { response: xml(failure(code)), messages: says('unclear') };
			}
			case 'internalError':
				return { response: xml(failure('E503')), messages: says('unclear') };
			case 'acceptedWithoutId': {
				const inside = blocks((to) => elementsOf(accepted(to, false)));
				return { response: xml(inside), messages: says('unclear') };
			}
			default:
				return {
					response: xml(blocks((to) => elementsOf(accepted(to)))),
					messages: says('accepted'),
				};
		}
	},
	lookUp: () => xml(failure('E101')),
	old: (truth) => `DrXAFP-${truth.next()}-JZL`,
};
