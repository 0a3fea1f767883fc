import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { node, PREFIX, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { BENCH_PREFIX } from './host';

/** How a provider's node and the minimal node send a text. */
export interface Sender {
	/** The name in the sandbox. */
	provider: string;
	title: string;
	/** The operation that the sandbox counts. */
	operation: string;
	/** The maximum number of concurrent requests of the node. */
	maxConcurrency: number;
	ours: { type: string; parameters: Record<string, unknown> };
	/** The request of the minimal node, with the placeholders `%to%` and `%message%`. */
	request: { url: string; headers: Record<string, string>; body: string };
}

const JSON_BODY = { 'content-type': 'application/json' };
const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded' };
const DOMAIN = 'shop.example';
const SENDER = '60856';

export function sendersOf(sandboxUrl: string): Sender[] {
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
			maxConcurrency: 50,
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
			maxConcurrency: 50,
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
			maxConcurrency: 10,
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
			maxConcurrency: 50,
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

/** Returns this package's node with a number of requests in flight. */
export function ourNode(
	{ ours }: Sender,
	concurrency: number,
	options: object = {},
): NodeOfWorkflow {
	const parameters = {
		...ours.parameters,
		...FIELDS,
		options: { ...options, concurrency },
	};
	return node('Ours', `${PREFIX}${ours.type}`, parameters);
}

/** Returns the minimal node that can send the same. */
export function minimalNode({ request }: Sender, concurrency: number): NodeOfWorkflow {
	const { url, body } = request;
	const parameters = {
		...FIELDS,
		url,
		body,
		headers: JSON.stringify(request.headers),
		concurrency,
	};
	return node('Minimal', `${BENCH_PREFIX}benchMinimal`, parameters);
}

/** Returns the node that posts a constant: the same text to the same number for each item. */
export function constantNode({ request }: Sender, concurrency: number): NodeOfWorkflow {
	const { url, headers } = request;
	const body = request.body.replace('%to%', '+17575550142').replace('%message%', 'Number 1000');
	const parameters = { url, body, headers: JSON.stringify(headers), concurrency };
	return node('Constant', `${BENCH_PREFIX}benchConstant`, parameters);
}
