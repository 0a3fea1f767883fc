import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { node, PREFIX, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { BENCH } from './host';

/** How a provider's node sends a text, and how the least node that could do so does. */
export interface Wire {
	/** As the sandbox calls it. */
	provider: string;
	title: string;
	/** The operation by which the sandbox counts. */
	operation: string;
	/** The most that it sends at once, whatever is asked for. */
	most: number;
	/** Our node. */
	ours: { type: string; parameters: Record<string, unknown> };
	/** The request of the least node; `%to%` and `%message%` stand for the fields. */
	request: { url: string; headers: Record<string, string>; body: string };
}

const JSON_BODY = { 'content-type': 'application/json' };
const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded' };
const DOMAIN = 'shop.example';
const SENDER = '60856';

export function wiresOf(sandboxUrl: string): Wire[] {
	const cdyne = credentialOf(sandboxUrl, 'cdyneApi');
	const namirial = credentialOf(sandboxUrl, 'namirialSmsGatewayApi');
	const skycore = credentialOf(sandboxUrl, 'skycoreApi');
	const wooxy = credentialOf(sandboxUrl, 'wooxyApi');
	const basic = Buffer.from(`${namirial.username}:${namirial.password}`).toString('base64');
	const [head, middle, end] = [
		`<REQUEST><ACTION>sendSMS</ACTION><API_KEY>${skycore.apiKey}</API_KEY><FROM>${SENDER}</FROM><TO>`,
		'</TO><TEXT>',
		'</TEXT></REQUEST>',
	].map(encodeURIComponent);
	return [
		{
			provider: 'cdyne',
			title: 'CDYNE',
			operation: 'AdvancedSMSsend',
			most: Infinity,
			ours: { type: 'cdyne', parameters: { resource: 'message', operation: 'send' } },
			request: {
				url: `${cdyne.baseUrl}/AdvancedSMSsend`,
				headers: { ...JSON_BODY, accept: 'application/json' },
				body: JSON.stringify({
					LicenseKey: cdyne.licenseKey,
					SMSRequests: [{ Message: '%message%', PhoneNumbers: ['%to%'] }],
				}),
			},
		},
		{
			provider: 'namirial',
			title: 'Namirial',
			operation: 'Services/send',
			most: Infinity,
			ours: { type: 'namirialSms', parameters: { resource: 'message', operation: 'send' } },
			request: {
				url: `${namirial.baseUrl}/api/Services/send`,
				headers: { ...JSON_BODY, authorization: `Basic ${basic}` },
				body: JSON.stringify({ destination: '%to%', text: '%message%' }),
			},
		},
		{
			provider: 'wooxy',
			title: 'Wooxy',
			operation: 'sms/send',
			most: 10,
			ours: {
				type: 'wooxy',
				parameters: { resource: 'message', operation: 'send', domain: DOMAIN },
			},
			request: {
				url: `${wooxy.baseUrl}/v3/sms/send`,
				headers: { ...JSON_BODY, 'Access-Token': GOOD_TOKEN },
				body: JSON.stringify({ domain: DOMAIN, phoneNumber: '%to%', text: '%message%' }),
			},
		},
		{
			provider: 'skycore',
			title: 'Skycore',
			operation: 'sendSMS',
			most: Infinity,
			ours: {
				type: 'skycore',
				parameters: { resource: 'sms', operation: 'send', from: SENDER },
			},
			request: {
				url: skycore.baseUrl,
				headers: FORM_BODY,
				body: `xml=${head}%to%${middle}%message%${end}`,
			},
		},
	];
}

const FIELDS = { to: '={{ $json.to }}', message: '={{ $json.text }}' };

/** Our node, with so many requests in flight. */
export function ourNode({ ours }: Wire, atOnce: number, options: object = {}): NodeOfWorkflow {
	const parameters = {
		...ours.parameters,
		...FIELDS,
		options: { ...options, concurrency: atOnce },
	};
	return node('Ours', `${PREFIX}${ours.type}`, parameters);
}

/** The least node that could send the same. */
export function floorNode({ request }: Wire, atOnce: number): NodeOfWorkflow {
	const { url, body } = request;
	const parameters = { ...FIELDS, url, body, headers: JSON.stringify(request.headers), atOnce };
	return node('Floor', `${BENCH}benchFloor`, parameters);
}
