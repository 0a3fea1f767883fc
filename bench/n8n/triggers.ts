import { createHash, createHmac, randomUUID } from 'node:crypto';

import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import type { Live } from '../../test/n8n/instance';
import { node, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { inRounds, median, type Row, rowsIn, type Took } from '../measure';
import { FORM, receiptOf } from '../receipt';
import { cpuWhenQuiet } from './cpu';
import { BENCH, type Cost, type Host, PEER_TOKEN } from './host';

/** The goals, as docs/benchmarks.md names them. */
const OF_THE_LEAST = 0.97;
const NOT_SELECTED = 2;
const AT_ONCE = 2;
const REFUSED = 1;
const OF_TWILIO = 1.3;

const POSTBACKS = 80;
const IN_FLIGHT = 10;
const WARM_UP = 10;

interface Posted extends Cost {
	/** Milliseconds until the answer, of the middle one. */
	answer: number;
}

interface Post {
	url: string;
	contentType: string;
	body: string;
	headers?: Record<string, string>;
}

interface Variant {
	name: string;
	trigger: (host: Host) => NodeOfWorkflow;
	post: (address: string, number: number) => Post;
	/** What is to be answered; 200 unless said otherwise. */
	status?: number;
	/** Whether each starts the workflow. */
	starts: boolean;
}

const notice = (id: string) =>
	'<POSTBACK><ORIGIN>SMS_MT</ORIGIN><CODE>N202</CODE><FROM>60856</FROM><TO>17575550142</TO>' +
	`<TRACKINGID>${id}</TRACKINGID><STATUS>Message Delivered</STATUS></POSTBACK>`;

function variantsOf(host: Host): Variant[] {
	const tokenOf = (type: string) => credentialOf(host.sandbox.url, type).postbackToken;
	const form = (token: string) => (address: string, number: number) => ({
		url: `${address}?token=${token}`,
		contentType: FORM,
		body: receiptOf(`m-${number}`),
	});
	const xml = (token: string) => (address: string, number: number) => ({
		url: `${address}?token=${token}`,
		contentType: 'text/xml',
		body: notice(`m-${number}`),
	});
	const webhook = () =>
		node(
			'Webhook',
			'n8n-nodes-base.webhook',
			{ httpMethod: 'POST', path: randomUUID(), responseMode: 'onReceived' },
			{ typeVersion: 2 },
		);
	const least = () => node('Least', `${BENCH}benchTrigger`);
	const cdyne = (event: string, answer: string) => () =>
		node('Ours', 'cdyneTrigger', { events: [event], additionalFields: { answer } });
	const status = 'message.status';
	const token = tokenOf('cdyneApi');
	const skycore = tokenOf('skycoreApi');
	const updates = ['com.twilio.messaging.message.delivered'];
	const peer = { credentials: host.peerCredentials };
	const twilio = () => node('Twilio', `${BENCH}benchTwilioTrigger`, { updates }, peer);
	const whenStored = cdyne(status, 'whenStored');
	return [
		{ name: 'webhook', trigger: webhook, post: form(token), starts: true },
		{ name: 'least', trigger: least, post: form(token), starts: true },
		{ name: 'stored', trigger: whenStored, post: form(token), starts: true },
		{ name: 'at once', trigger: cdyne(status, 'atOnce'), post: form(token), starts: true },
		{
			name: 'not selected',
			trigger: cdyne('message.received', 'whenStored'),
			post: form(token),
			starts: false,
		},
		{ name: 'refused', trigger: whenStored, post: form('wrong'), status: 401, starts: false },
		{ name: 'webhook, XML', trigger: webhook, post: xml(skycore), starts: true },
		{ name: 'least, XML', trigger: least, post: xml(skycore), starts: true },
		{
			name: 'stored, XML',
			trigger: () => node('Ours', 'skycoreTrigger', { events: [status] }),
			post: xml(skycore),
			starts: true,
		},
		{ name: 'twilio', trigger: twilio, post: signed, starts: true },
	];
}

/** A postback that Twilio's signature is on. */
function signed(address: string, number: number): Post {
	const body = JSON.stringify([{ type: 'com.twilio.messaging.message.delivered', id: number }]);
	const url = `${address}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
	const signature = createHmac('sha1', PEER_TOKEN).update(url).digest('base64');
	const headers = { 'x-twilio-signature': signature };
	return { url, contentType: 'application/json', body, headers };
}

/** Posts them, some at a time, and waits until n8n has run what they started. */
async function post(host: Host, live: Live, variant: Variant, count: number): Promise<Posted> {
	const { name, status = 200 } = variant;
	const address = live.address(live.workflow.nodes[0].name);
	const before = await cpuWhenQuiet(host.pid);
	const answers: number[] = [];
	let next = 0;
	const work = async () => {
		while (next < count) {
			const { url, contentType, body, headers } = variant.post(address, next++);
			const started = performance.now();
			const response = await fetch(url, {
				method: 'POST',
				headers: { ...headers, 'content-type': contentType },
				body,
			});
			await response.arrayBuffer();
			answers.push(performance.now() - started);
			if (response.status !== status) throw new Error(`${name}: n8n answered ${response.status}`);
		}
	};
	const started = performance.now();
	await Promise.all(Array.from({ length: IN_FLIGHT }, work));
	const wall = (performance.now() - started) / count;
	const cpu = ((await cpuWhenQuiet(host.pid)) - before) / count;
	return { wall, cpu, answer: median(answers) };
}

export async function measureTriggers(
	host: Host,
	{ rounds, report }: { rounds: number; report: (done: number) => void },
): Promise<Row[]> {
	const actions: Record<string, () => Promise<Posted>> = {};
	for (const variant of variantsOf(host)) {
		const live = await host.n8n.publish([variant.trigger(host)]);
		let posted = 0;
		const once = async (count: number) => {
			const took = await post(host, live, variant, count);
			posted += variant.starts ? count : 0;
			const ran = await live.count('success');
			if (ran !== posted) throw new Error(`${variant.name}: ${ran} runs instead of ${posted}`);
			return took;
		};
		await once(WARM_UP);
		actions[variant.name] = async () => await once(POSTBACKS);
	}
	return rowsOf(await inRounds(rounds, actions, report));
}

function rowsOf(posted: Record<string, Posted[]>): Row[] {
	const took = (how: string, name: string, of: keyof Posted = 'wall'): Took => ({
		how,
		ms: median(posted[name].map((one) => one[of])),
	});
	const { gain, cost } = rowsIn('Receiving');
	const stored = took('our trigger, stored', 'stored');
	const ofStored = took('our trigger, stored', 'stored', 'cpu');
	const ofXml = 'stored, XML: postbacks a second';
	const xml = took('our trigger, stored', 'stored, XML');
	return [
		gain('stored: postbacks a second', stored, took('the least trigger', 'least'), OF_THE_LEAST),
		cost('stored: CPU', ofStored, took('the least trigger', 'least', 'cpu')),
		gain('stored: postbacks a second', stored, took('n8n’s Webhook node', 'webhook')),
		cost('stored: CPU', ofStored, took('n8n’s Webhook node', 'webhook', 'cpu')),
		gain(ofXml, xml, took('the least trigger', 'least, XML'), OF_THE_LEAST),
		gain(ofXml, xml, took('n8n’s Webhook node', 'webhook, XML')),
		gain(
			'at once: time to the answer',
			took('our trigger, at once', 'at once', 'answer'),
			took('our trigger, stored', 'stored', 'answer'),
			AT_ONCE,
		),
		gain(
			'not selected: postbacks a second',
			took('our trigger, not selected', 'not selected'),
			stored,
			NOT_SELECTED,
		),
		cost(
			'refused: CPU',
			took('our trigger, refused', 'refused', 'cpu'),
			took('our trigger, not selected', 'not selected', 'cpu'),
			REFUSED,
		),
		gain(
			'stored: postbacks a second, beside one that is signed',
			stored,
			took('n8n’s Twilio Trigger', 'twilio'),
			OF_TWILIO,
		),
	];
}
