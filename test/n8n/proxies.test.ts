/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../../sandbox/n8n/instance.mjs';
import { until } from '../engine/harness/until';
import { node, startN8n } from './instance';
import type { Live, N8n } from './instance';
import { readExample, startCaddy, startNginx } from './services';
import type { Service } from './services';

/** The proxies of examples/ in front of a real n8n that crashes and restarts while providers post. */

const TLS = join(__dirname, '../engine/harness/tls');
/** Concurrent postbacks per proxy. n8n handles about eight postbacks a second. */
const CONCURRENT = 2;
const PAUSE_MS = 400;

describe('A proxy that checks whether n8n is ready', () => {
	let n8n: N8n;
	let live: Live;
	const proxies: Service[] = [];
	const bases: Record<string, string> = {};
	let certificate: Buffer;
	beforeAll(async () => {
		certificate = await readFile(join(TLS, 'certificate.pem'));
		n8n = await startN8n();
		live = await n8n.publish([node('Trigger', 'cdyneTrigger', { events: ['message.received'] })]);
		const [caddy, nginx] = await freePorts(2);
		const backend = new URL(n8n.url).host;
		proxies.push(
			await startCaddy(
				caddy,
				(await readExample('Caddyfile'))
					.replace('n8n.example.com', `http://127.0.0.1:${caddy}`)
					.replace('127.0.0.1:5678', backend),
			),
			await startNginx(
				nginx,
				(await readExample('nginx.conf'))
					.replace('listen 443', `listen 127.0.0.1:${nginx}`)
					.replace('127.0.0.1:5678', backend)
					.replace('/etc/ssl/n8n.example.com.pem', join(TLS, 'certificate.pem'))
					.replace('/etc/ssl/n8n.example.com.key', join(TLS, 'key.pem')),
			),
		);
		Object.assign(bases, {
			caddy: `http://127.0.0.1:${caddy}`,
			nginx: `https://localhost:${nginx}`,
		});
	});
	afterAll(async () => {
		await n8n?.stop();
		await Promise.all(proxies.map(async (proxy) => await proxy.stop()));
	});

	/** @returns the status of the response, or 0 if there is none */
	async function postTo(base: string, id: string): Promise<number> {
		const url = `${base}${new URL(live.address('Trigger')).pathname}`;
		const body = `SMSResponse=1&MessageID=${id}&FromPhoneNumber=1&ToPhoneNumber=2&Message=Hi`;
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		const { request } = url.startsWith('https:') ? https : http;
		return await new Promise((resolve) => {
			const call = request(url, { method: 'POST', headers, ca: certificate }, (response) => {
				response.resume().once('close', () => resolve(response.statusCode ?? 0));
			});
			call.once('error', () => resolve(0)).end(body);
		});
	}

	it('loses no postback that was acknowledged with HTTP 200', async () => {
		let isOver = false;
		const responses: Record<string, Array<{ id: string; status: number }>> = {
			caddy: [],
			nginx: [],
		};
		let number = 0;
		/** Posts one postback after another. */
		const keepPosting = async (name: string) => {
			while (!isOver) {
				const id = `postback-${number++}-end`;
				responses[name].push({ id, status: await postTo(bases[name], id) });
				await pause(PAUSE_MS);
			}
		};
		const posting = ['caddy', 'nginx']
			.flatMap((name) => Array.from({ length: CONCURRENT }, () => name))
			.map(keepPosting);
		const acknowledged = (name: string) =>
			responses[name].filter(({ status }) => status === 200).length;
		await until(() => acknowledged('caddy') > 5 && acknowledged('nginx') > 5);
		await n8n.restart('crash');
		const before = { caddy: acknowledged('caddy'), nginx: acknowledged('nginx') };
		await until(
			() => acknowledged('caddy') > before.caddy + 5 && acknowledged('nginx') > before.nginx + 5,
		);
		isOver = true;
		await Promise.all(posting);

		const stored = JSON.stringify(
			await Promise.all(
				(await n8n.rest.executions(live.workflow.id)).map(
					async ({ id }) => await n8n.rest.execution(id),
				),
			),
		);
		for (const name of ['caddy', 'nginx']) {
			const lost = responses[name].filter(
				({ id, status }) => status === 200 && !stored.includes(id),
			);
			expect(lost).toEqual([]);
			// every other status asks the provider to retry
			const others = responses[name].map(({ status }) => status).filter((status) => status !== 200);
			expect(others.filter((status) => ![502, 503].includes(status))).toEqual([]);
		}
		// Caddy holds requests back, nginx responds with 503 so that the provider retries
		expect(responses.nginx.some(({ status }) => status === 503)).toBe(true);
	});
});
