import {
	createWebhook,
	getWebhooks,
	MAY_BE_CREATED,
	removeWebhook,
} from '../../../nodes/Wooxy/api/webhooks';
import type { Api } from '../../../nodes/Wooxy/api/connection';
import { CAME } from '../../../nodes/shared/errors';
import { refusal } from '../../shared/canned';
import { answering, requestOf } from './wooxy';

/** Webhooks: listing, making and removing them. */

/** A connection whose requests end in an error of another kind. */
function throwing(error: unknown): Api {
	const { api } = answering({});
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
		const { api, requests } = answering({ result: true, data: [raw] });
		expect(await getWebhooks(api)).toEqual([webhook]);
		expect(requests).toEqual([requestOf('webhook/list', {})]);
	});

	it.each([0, -1, '0', '-7', 1.5, 'abc', undefined, {}])('refuses the id %j', async (id) => {
		const { api } = answering({ result: true, data: [{ id }] });
		expect(await refusal(async () => await getWebhooks(api))).toEqual({
			kind: 'malformed',
			message: `Expected a webhook with a number for its id of Wooxy, got ${CAME}`,
			came: [JSON.stringify({ id })],
			description: 'Check the Base URL in the credential, and any proxy in between.',
		});
	});

	it.each(['There is no web hook configurations in your account', 'there is no webhook config'])(
		'is empty where Wooxy says "%s"',
		async (words) => {
			const { api } = answering({ result: false, errors: [words] });
			expect(await getWebhooks(api)).toEqual([]);
		},
	);

	it('fails where Wooxy says something else', async () => {
		const { api } = answering({ result: false, errors: ['There is no webhook'] });
		await expect(getWebhooks(api)).rejects.toThrow('Wooxy answered: There is no webhook');
	});

	it('fails with whatever else went wrong', async () => {
		const error = new Error('there is no webhook config');
		await expect(getWebhooks(throwing(error))).rejects.toBe(error);
	});
});

describe('a new webhook', () => {
	const WISH = {
		title: 'n8n',
		url: 'https://a',
		domain: 'shop.example',
		events: ['sms_delivered'],
	};

	it('is sent once, and read from config', async () => {
		const { url, domain, events } = WISH;
		const made = { url, domain, events };
		const { api, requests } = answering({ result: true, config: { id: 7, ...made } });
		expect(await createWebhook(api, WISH)).toEqual({ id: 7, ...made });
		const ambiguity = {
			message: MAY_BE_CREATED,
			description: 'Look at the webhooks in Wooxy before you activate this workflow again.',
		};
		expect(requests).toEqual([requestOf('webhook/create', WISH, { kind: 'send', ambiguity })]);
	});

	it.each([
		[[], '[]'],
		[undefined, 'nothing'],
		['x', '"x"'],
	])('is not to be told from the config %j', async (config, came) => {
		const { api } = answering({ result: true, config });
		expect(await refusal(async () => await createWebhook(api, WISH))).toMatchObject({
			kind: 'malformed',
			message: `Expected the new webhook of Wooxy, got ${CAME}`,
			came: [came],
		});
	});
});

describe('a webhook to remove', () => {
	it('is named by its id', async () => {
		const { api, requests } = answering({ result: true });
		expect(await removeWebhook(api, 7)).toBeUndefined();
		expect(requests).toEqual([requestOf('webhook/remove', { id: 7 })]);
	});

	it('may be gone', async () => {
		const { api } = answering({ result: false, errors: ['Web hook config 7 not found'] });
		await expect(removeWebhook(api, 7)).resolves.toBeUndefined();
	});

	it.each([
		[{ result: false, errors: ['Bad Request'] }, 'Bad Request'],
		[{ result: false, errors: ['Invalid authorization token!'] }, 'Invalid authorization'],
	])('stays where Wooxy answers %j', async (body, words) => {
		await expect(removeWebhook(answering(body).api, 7)).rejects.toThrow(words);
	});

	it('stays with whatever else went wrong', async () => {
		const error = Object.assign(new Error('lost'), { kind: 'notFound' });
		await expect(removeWebhook(throwing(error), 7)).rejects.toBe(error);
	});
});
