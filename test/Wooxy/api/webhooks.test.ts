import type { Api } from '../../../nodes/Wooxy/api/connection';
import {
	createWebhook,
	getWebhooks,
	WEBHOOK_MAY_EXIST,
	removeWebhook,
} from '../../../nodes/Wooxy/api/webhooks';
import { thrownBy } from '../../engine/harness/canned';
import { requestOf, responding } from './wooxy';

/** Listing, creating and removing webhooks. */

/** A connection whose requests end in an error. */
function throwing(error: unknown): Api {
	const { api } = responding({});
	api.http.request = async () => await Promise.reject(error as Error);
	return api;
}

describe('a list of webhooks', () => {
	it.each([
		[
			{ id: 1, url: 'https://a', domain: 'shop.example', events: ['a', 7] },
			{ id: 1, url: 'https://a', domain: 'shop.example', events: ['a', '7'] },
		],
		[
			{ id: '12', url: 'https://a', domain: { name: 'shop.example' }, events: {} },
			{ id: 12, url: 'https://a', domain: 'shop.example', events: [] },
		],
		[{ id: 3 }, { id: 3, url: '', domain: '', events: [] }],
		[
			{ id: 3, domain: {}, url: null },
			{ id: 3, url: '', domain: '', events: [] },
		],
	])('is read from %j', async (raw, webhook) => {
		const { api, requests } = responding({ result: true, data: [raw] });
		expect(await getWebhooks(api)).toEqual([webhook]);
		expect(requests).toEqual([requestOf('webhook/list', {})]);
	});

	it.each([0, -1, '0', '-7', 1.5, 'abc', undefined, {}])('fails for the ID %j', async (id) => {
		const { api } = responding({ result: true, data: [{ id }] });
		expect(await thrownBy(async () => await getWebhooks(api))).toEqual({
			kind: 'malformed',
			message: `Expected a webhook whose ID is a positive integer from Wooxy, got ${JSON.stringify({ id })}`,
			description: 'Check the Base URL in the credential, and any proxy in between.',
		});
	});

	it.each(['There is no web hook configurations in your account', 'there is no webhook config'])(
		'is empty if Wooxy responds "%s"',
		async (text) => {
			const { api } = responding({ result: false, errors: [text] });
			expect(await getWebhooks(api)).toEqual([]);
		},
	);

	it('fails if Wooxy responds with another error', async () => {
		const { api } = responding({ result: false, errors: ['There is no webhook'] });
		await expect(getWebhooks(api)).rejects.toThrow('Wooxy responded: There is no webhook');
	});

	it('fails with any other error', async () => {
		const error = new Error('there is no webhook config');
		await expect(getWebhooks(throwing(error))).rejects.toBe(error);
	});
});

describe('a new webhook', () => {
	const TARGET = {
		title: 'n8n',
		url: 'https://a',
		domain: 'shop.example',
		events: ['sms_delivered'],
	};

	it('is sent once, and read from config', async () => {
		const { url, domain, events } = TARGET;
		const created = { url, domain, events };
		const { api, requests } = responding({ result: true, config: { id: 7, ...created } });
		expect(await createWebhook(api, TARGET)).toEqual({ id: 7, ...created });
		const ambiguity = {
			message: WEBHOOK_MAY_EXIST,
			description: 'Check the webhooks in Wooxy before you publish this workflow again.',
		};
		expect(requests).toEqual([requestOf('webhook/create', TARGET, { kind: 'send', ambiguity })]);
	});

	it.each([
		[[], '[]'],
		[undefined, 'nothing'],
		['x', '"x"'],
	])('cannot be read from the config %j', async (config, excerpt) => {
		const { api } = responding({ result: true, config });
		expect(await thrownBy(async () => await createWebhook(api, TARGET))).toMatchObject({
			kind: 'malformed',
			message: `Expected the new webhook from Wooxy, got ${excerpt}`,
		});
	});
});

describe('a webhook to remove', () => {
	it('is removed by its ID', async () => {
		const { api, requests } = responding({ result: true });
		expect(await removeWebhook(api, 7)).toBeUndefined();
		expect(requests).toEqual([requestOf('webhook/remove', { id: 7 })]);
	});

	it('counts as removed if it does not exist', async () => {
		const { api } = responding({ result: false, errors: ['Web hook config 7 not found'] });
		await expect(removeWebhook(api, 7)).resolves.toBeUndefined();
	});

	it.each([
		[{ result: false, errors: ['Bad Request'] }, 'Bad Request'],
		[{ result: false, errors: ['Invalid authorization token!'] }, 'Invalid authorization'],
	])('does not count as removed if Wooxy responds %j', async (body, message) => {
		await expect(removeWebhook(responding(body).api, 7)).rejects.toThrow(message);
	});

	it('does not count as removed after any other error', async () => {
		const error = Object.assign(new Error('lost'), { kind: 'notFound' });
		await expect(removeWebhook(throwing(error), 7)).rejects.toBe(error);
	});
});
