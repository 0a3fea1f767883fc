/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a measurement, not a node */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import type { Live } from '../../test/n8n/instance';
import { node, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { inRounds, median, type Measurement, type Row, rowsIn } from '../measure';
import { FORM, receiptOf } from '../receipt';
import { cpuWhenIdle } from './cpu';
import { BENCH_PREFIX, type Cost, type Host, PEER_TOKEN } from './host';

/** The goals in docs/benchmarks.md. */
const MIN_RATE_VS_MINIMAL = 0.97;
const MIN_GAIN_NOT_SELECTED = 2;
const MIN_GAIN_IMMEDIATE = 2;
const MAX_CPU_REJECTED = 1;
const MIN_GAIN_VS_TWILIO = 1.3;

const POSTBACKS = 80;
const IN_FLIGHT = 10;
const WARM_UP = 10;
const MAX_TRIES = 60;
const TRY_AFTER_MS = 500;

interface Posted extends Cost {
	/** Median milliseconds until the response. */
	response: number;
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
	/** The expected status; 200 by default. */
	status?: number;
	/** Whether each postback starts the workflow. */
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
	const minimal = () => node('Minimal', `${BENCH_PREFIX}benchTrigger`);
	const cdyne = (event: string, answer: string) => () =>
		node('Ours', 'cdyneTrigger', { events: [event], additionalFields: { answer } });
	const status = 'message.status';
	const token = tokenOf('cdyneApi');
	const skycore = tokenOf('skycoreApi');
	const updates = ['com.twilio.messaging.message.delivered'];
	const peer = { credentials: host.peerCredentials };
	const twilio = () => node('Twilio', `${BENCH_PREFIX}benchTwilioTrigger`, { updates }, peer);
	const whenStored = cdyne(status, 'whenStored');
	return [
		{ name: 'webhook', trigger: webhook, post: form(token), starts: true },
		{ name: 'minimal', trigger: minimal, post: form(token), starts: true },
		{ name: 'stored', trigger: whenStored, post: form(token), starts: true },
		{ name: 'immediate', trigger: cdyne(status, 'atOnce'), post: form(token), starts: true },
		{
			name: 'not selected',
			trigger: cdyne('message.received', 'whenStored'),
			post: form(token),
			starts: false,
		},
		{ name: 'rejected', trigger: whenStored, post: form('wrong'), status: 401, starts: false },
		{ name: 'webhook, XML', trigger: webhook, post: xml(skycore), starts: true },
		{ name: 'minimal, XML', trigger: minimal, post: xml(skycore), starts: true },
		{
			name: 'stored, XML',
			trigger: () => node('Ours', 'skycoreTrigger', { events: [status] }),
			post: xml(skycore),
			starts: true,
		},
		{ name: 'twilio', trigger: twilio, post: signed, starts: true },
	];
}

/** Returns a postback with Twilio's signature. */
function signed(address: string, number: number): Post {
	const body = JSON.stringify([{ type: 'com.twilio.messaging.message.delivered', id: number }]);
	const url = `${address}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
	const signature = createHmac('sha1', PEER_TOKEN).update(url).digest('base64');
	const headers = { 'x-twilio-signature': signature };
	return { url, contentType: 'application/json', body, headers };
}

/** Sends postbacks, several at a time, and waits until n8n has executed the workflows. */
async function post(host: Host, live: Live, variant: Variant, count: number): Promise<Posted> {
	const { name, status = 200 } = variant;
	const address = live.address(live.workflow.nodes[0].name);
	const before = await cpuWhenIdle(host.pid);
	const responseTimes: number[] = [];
	let next = 0;
	const postNext = async () => {
		while (next < count) {
			const { url, contentType, body, headers } = variant.post(address, next++);
			const started = performance.now();
			const response = await fetch(url, {
				method: 'POST',
				headers: { ...headers, 'content-type': contentType },
				body,
			});
			await response.arrayBuffer();
			responseTimes.push(performance.now() - started);
			if (response.status !== status)
				throw new Error(`${name}: n8n responded with ${response.status}`);
		}
	};
	const started = performance.now();
	await Promise.all(Array.from({ length: IN_FLIGHT }, postNext));
	const wall = (performance.now() - started) / count;
	const cpu = ((await cpuWhenIdle(host.pid)) - before) / count;
	return { wall, cpu, response: median(responseTimes) };
}

/** Waits until n8n has stored this number of executions. With other load on the machine it may lag. */
async function expectExecutions(live: Live, name: string, count: number): Promise<void> {
	for (let tries = 0; ; tries++) {
		const executions = await live.count('success');
		if (executions === count) return;
		if (tries === MAX_TRIES || executions > count) {
			throw new Error(`${name}: ${executions} executions instead of ${count}`);
		}
		await pause(TRY_AFTER_MS);
	}
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
			const cost = await post(host, live, variant, count);
			posted += variant.starts ? count : 0;
			await expectExecutions(live, variant.name, posted);
			return cost;
		};
		await once(WARM_UP);
		actions[variant.name] = async () => await once(POSTBACKS);
	}
	return rowsOf(await inRounds(rounds, actions, report));
}

function rowsOf(posted: Record<string, Posted[]>): Row[] {
	const measured = (name: string, key: string, field: keyof Posted = 'wall'): Measurement => ({
		name,
		value: median(posted[key].map((cost) => cost[field])),
	});
	const { gain, cost } = rowsIn('Receiving');
	const rate = 'postbacks per second';
	const rateXml = 'XML postbacks per second';
	const stored = measured('our trigger', 'stored');
	const storedCpu = measured('our trigger', 'stored', 'cpu');
	const storedXml = measured('our trigger', 'stored, XML');
	return [
		gain(
			rate,
			stored,
			measured('minimal trigger', 'minimal'),
			MIN_RATE_VS_MINIMAL,
			'Postbacks per second: the minimal trigger',
		),
		cost('CPU', storedCpu, measured('minimal trigger', 'minimal', 'cpu')),
		gain(rate, stored, measured('n8n’s Webhook node', 'webhook')),
		cost('CPU', storedCpu, measured('n8n’s Webhook node', 'webhook', 'cpu')),
		gain(
			rateXml,
			storedXml,
			measured('minimal trigger', 'minimal, XML'),
			MIN_RATE_VS_MINIMAL,
			'Postbacks per second: the minimal trigger',
		),
		gain(rateXml, storedXml, measured('n8n’s Webhook node', 'webhook, XML')),
		gain(
			'time to the response',
			measured('our trigger, immediate response', 'immediate', 'response'),
			measured('response after storing', 'stored', 'response'),
			MIN_GAIN_IMMEDIATE,
			'Time to an immediate response: one after storing',
		),
		gain(
			rate,
			measured('our trigger, events not selected', 'not selected'),
			{ ...stored, name: 'events selected' },
			MIN_GAIN_NOT_SELECTED,
		),
		cost(
			'CPU',
			measured('our trigger, postbacks rejected', 'rejected', 'cpu'),
			measured('events not selected', 'not selected', 'cpu'),
			MAX_CPU_REJECTED,
		),
		gain(
			rate,
			stored,
			measured('n8n’s Twilio Trigger, signed postbacks', 'twilio'),
			MIN_GAIN_VS_TWILIO,
			'Postbacks per second, signed: n8n’s Twilio Trigger',
		),
	];
}
