import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { getAccount } from '../../nodes/Wooxy/api/account';
import {
	blockNumber,
	getBlockedNumbers,
	unblockNumber,
} from '../../nodes/Wooxy/api/blockedNumbers';
import { connect } from '../../nodes/Wooxy/api/connection';
import { getContactListPage } from '../../nodes/Wooxy/api/contactLists';
import {
	getContact,
	getRequest,
	removeContact,
	upsertContact,
} from '../../nodes/Wooxy/api/contacts';
import { getDomainPage, getDomains } from '../../nodes/Wooxy/api/domains';
import { sendSms, sendToContact } from '../../nodes/Wooxy/api/messages';
import { getInfo, readLookups, readRecord } from '../../nodes/Wooxy/api/status';
import { createWebhook, getWebhooks, removeWebhook } from '../../nodes/Wooxy/api/webhooks';
import type { Api } from '../../nodes/Wooxy/api/connection';
import type { Outcome } from '../../nodes/shared/model/outcome';

const TOKEN = 'dG9rZW4td29veHk';
const SENT = '64f000000000000000000001';
const GONE = '64f000000000000000000002';
const LIST = '64f000000000000000000009';

/** A connection that gets these responses one after the other, and the requests made over it. */
async function connection(...responses: unknown[]) {
	const requests: IHttpRequestOptions[] = [];
	const context = {
		getCredentials: async () => ({ accessToken: ` ${TOKEN} `, baseUrl: 'https://api.test/' }),
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) => {
				requests.push(options);
				const body = responses[Math.min(requests.length, responses.length) - 1];
				return { statusCode: 200, headers: {}, body: JSON.stringify(body) };
			},
		},
	} as unknown as IExecuteFunctions;
	return { api: await connect(context), requests };
}

const ok = { result: true };
const sms = (extra: object = {}) => ({ text: 'Code 1234', tags: [], ...extra });

describe('a request to Wooxy', () => {
	it('is a POST of JSON with the token in a header', async () => {
		const { api, requests } = await connection(ok);
		await getAccount(api);
		expect(requests[0]).toMatchObject({
			method: 'POST',
			url: 'https://api.test/v3/account/info',
			headers: { 'Access-Token': TOKEN, 'Content-Type': 'application/json' },
			body: '{}',
		});
	});

	const BODIES: Array<[string, string, (api: Api) => Promise<unknown>, IDataObject]> = [
		[
			'a text with a sender and tags',
			'sms/send',
			async (api) =>
				await sendSms(
					api,
					'shop.example',
					'+37255512345',
					sms({ fromName: 'Shop 24', tags: ['otp'] }),
				),
			{
				domain: 'shop.example',
				phoneNumber: '+37255512345',
				fromName: 'Shop 24',
				text: 'Code 1234',
				tags: ['otp'],
			},
		],
		[
			'a text without empty fields',
			'sms/send',
			async (api) => await sendSms(api, 'shop.example', '+37255512345', sms()),
			{ domain: 'shop.example', phoneNumber: '+37255512345', text: 'Code 1234' },
		],
		[
			'a text to a contact',
			'sms/trigger',
			async (api) =>
				await sendToContact(api, LIST, 'u-17', sms(), [{ name: 'city', value: 'Tartu' }]),
			{
				contactListId: LIST,
				contact: 'u-17',
				text: 'Code 1234',
				variables: [{ name: 'city', value: 'Tartu' }],
			},
		],
		[
			'a look-up of messages',
			'sms/info',
			async (api) => await getInfo(api, [SENT, GONE]),
			{ ids: [SENT, GONE] },
		],
		[
			'a look-up of a contact by e-mail address',
			'contact/get',
			async (api) => await getContact(api, { contactListId: LIST, contact: 'anna@example.com' }),
			{ contactListId: LIST, email: 'anna@example.com' },
		],
		[
			'a look-up of a contact by phone number',
			'contact/get',
			async (api) => await getContact(api, { contactListId: LIST, contact: '+37255512345' }),
			{ contactListId: LIST, phoneNumber: '+37255512345' },
		],
		[
			'a look-up of a contact by a user ID of digits',
			'contact/get',
			async (api) => await getContact(api, { contactListId: LIST, contact: '37255512345' }),
			{ contactListId: LIST, userId: '37255512345' },
		],
		[
			'a look-up of a contact by a user ID that begins with 00',
			'contact/get',
			async (api) => await getContact(api, { contactListId: LIST, contact: '0037255512345' }),
			{ contactListId: LIST, userId: '0037255512345' },
		],
		[
			'a removal of a contact with a user ID that begins with 00',
			'contacts/remove',
			async (api) => await removeContact(api, { contactListId: LIST, contact: '0037255512345' }),
			{ contactListId: LIST, userIds: ['0037255512345'] },
		],
		[
			'an upsert, with the flag outside of the contacts',
			'contacts/update',
			async (api) =>
				await upsertContact(api, { contactListId: LIST, contact: 'u-17' }, { name: 'Anna' }),
			{ contactListId: LIST, contacts: [{ contact: 'u-17', name: 'Anna' }], upsert: true },
		],
		[
			'a removal of a contact',
			'contacts/remove',
			async (api) => await removeContact(api, { contactListId: LIST, contact: 'anna@example.com' }),
			{ contactListId: LIST, emails: ['anna@example.com'] },
		],
		[
			'a look-up of a request',
			'request/find',
			async (api) => await getRequest(api, SENT),
			{ ids: [SENT] },
		],
		[
			'a number to block',
			'phone-blacklist/add',
			async (api) => await blockNumber(api, '+37255512345', 'import'),
			{ records: [{ phoneNumber: '+37255512345', rejectType: 'import' }] },
		],
		[
			'a look-up of a blocked number',
			'phone-blacklist/find',
			async (api) =>
				await getBlockedNumbers(api, { phoneNumber: '+37255512345' }, 50, () => undefined),
			{ phoneNumber: '+37255512345', offset: 0, limit: 20 },
		],
		[
			'a number to unblock',
			'phone-blacklist/remove',
			async (api) => await unblockNumber(api, '+37255512345'),
			{ phoneNumber: '+37255512345' },
		],
		[
			'a page of domains',
			'domain/find',
			async (api) => await getDomainPage(api, 0),
			{ offset: 0, limit: 20 },
		],
		[
			'a page of the contact lists of a domain',
			'contact-list/find',
			async (api) => await getContactListPage(api, 'shop.example', 20),
			{ domain: 'shop.example', offset: 20, limit: 20 },
		],
		[
			'a webhook to remove, with a number as its ID',
			'webhook/remove',
			async (api) => await removeWebhook(api, 123),
			{ id: 123 },
		],
	];
	it.each(BODIES)('for %s calls %s', async (_name, method, send, body) => {
		const { api, requests } = await connection(ok);
		await send(api);
		expect(requests[0].url).toBe(`https://api.test/v3/${method}`);
		expect(JSON.parse(requests[0].body as string)).toEqual(body);
	});

	it('is not possible if the Base URL is not a web address', async () => {
		const context = { getCredentials: async () => ({ baseUrl: 'api.wooxy.com' }) };
		await expect(connect(context as unknown as IExecuteFunctions)).rejects.toThrow(
			'The Base URL "api.wooxy.com" of the credential is not a web address',
		);
	});
});

describe('an accepted message', () => {
	const messageOf = async (send: Promise<Outcome[]>) => {
		const [outcome] = await send;
		if (outcome.kind !== 'accepted') throw new Error(`The send is ${outcome.kind}`);
		return outcome.outputs[0].json;
	};

	it('is queued, with its sms_id as its ID', async () => {
		const { api } = await connection({ result: true, sms_id: SENT });
		expect(await messageOf(sendSms(api, 'shop.example', '+37255512345', sms()))).toMatchObject({
			provider: 'wooxy',
			messageId: SENT,
			to: '+37255512345',
			from: null,
			status: 'queued',
			isFinal: false,
			providerStatus: 'accepted',
		});
	});

	it.each([
		['its number', '+37255512345', '+37255512345'],
		['its e-mail address', 'anna@example.com', null],
		['a user ID that begins with 00', '0037255512345', null],
	])('to a contact identified by %s has the number %s', async (_, contact, to) => {
		const { api, requests } = await connection({ result: true, sms_id: SENT });
		expect((await messageOf(sendToContact(api, LIST, contact, sms(), []))).to).toBe(to);
		expect(JSON.parse(requests[0].body as string)).toMatchObject({ contact });
	});

	it('is accepted even without an ID', async () => {
		const { api } = await connection(ok);
		expect(await messageOf(sendSms(api, 'shop.example', '+37255512345', sms()))).toMatchObject({
			messageId: null,
			status: 'queued',
		});
	});
});

describe('a record of sms/info', () => {
	const record = (status: string) => ({
		id: SENT,
		status,
		createdAt: '2024-05-01 10:20:30',
		text: 'Code 1234',
		phoneNumber: '+37255512345',
		fromName: 'Shop 24',
	});

	it('is a message with its time in UTC', () => {
		expect(readRecord(SENT, record('delivered')).message).toMatchObject({
			messageId: SENT,
			to: '+37255512345',
			from: 'Shop 24',
			createdAt: '2024-05-01T10:20:30.000Z',
		});
	});

	it.each([
		['new', 'queued', false],
		['queued', 'queued', false],
		['sent', 'sent', false],
		['delivered', 'delivered', true],
		['undelivered', 'undelivered', true],
		['failed', 'failed', true],
		['reject', 'unknown', false],
	])('with the status %s is %s, final: %s', (providerStatus, status, isFinal) => {
		const { message } = readRecord(SENT, record(providerStatus));
		expect(message).toMatchObject({ status, isFinal, providerStatus });
	});
});

describe('a response of sms/info', () => {
	const record = (id: string | undefined) => ({ id, status: 'sent' });
	const found = (data: unknown, errors?: string[]) =>
		Object.fromEntries(readLookups([SENT, GONE], { data, errors } as IDataObject));

	it('has a record or null for each ID, with the reason for null', () => {
		const reason = `SMS ${GONE} not found`;
		expect(found({ [SENT]: record(SENT), [GONE]: null }, [reason])).toEqual({
			[SENT]: { record: record(SENT) },
			[GONE]: { reason },
		});
	});

	it('is read by the ID in a record if its key is another ID', () => {
		const { [SENT]: lookup } = found({ '64f0000000000000000fdf01': record(SENT) });
		expect(lookup).toEqual({ record: record(SENT) });
	});

	it('is read by the key if the record has no ID', () => {
		const { [SENT]: lookup } = found({ [SENT]: record(undefined) });
		expect(lookup).toEqual({ record: record(undefined) });
	});

	it('is read by the key if the ID in the record was not requested', () => {
		const { [SENT]: lookup } = found({ [SENT]: record('64f0000000000000000fdf01') });
		expect(lookup).toEqual({ record: record('64f0000000000000000fdf01') });
	});

	it('never assigns the record of one requested ID to another', () => {
		const { [GONE]: lookup } = found({ [GONE]: record(SENT) });
		expect(lookup).toEqual({ reason: `SMS ${GONE} not found` });
	});

	it('is read despite a space in a key', () => {
		const { [SENT]: lookup } = found({ [`${SENT[0]} ${SENT.slice(1)}`]: record(undefined) });
		expect(lookup).toEqual({ record: record(undefined) });
	});

	it('may have its records in a list', () => {
		expect(found([record(SENT)])[SENT]).toEqual({ record: record(SENT) });
	});

	it.each([
		['an empty list', []],
		['null', null],
		['nothing', undefined],
	])('has no records if data is %s', (_name, data) => {
		expect(found(data)).toEqual({
			[SENT]: { reason: `SMS ${SENT} not found` },
			[GONE]: { reason: `SMS ${GONE} not found` },
		});
	});
});

describe('a list of Wooxy', () => {
	const page = (from: number, to: number, extra: object = {}) => ({
		result: true,
		data: Array.from({ length: to - from }, (_, index) => ({ domain: `d${from + index}` })),
		...extra,
	});
	const offsets = (requests: IHttpRequestOptions[]) =>
		requests.map(({ body }) => (JSON.parse(body as string) as IDataObject).offset);

	const noWarning = (text: string) => {
		throw new Error(text);
	};

	it('is read page by page up to its total count', async () => {
		const { api, requests } = await connection(
			page(0, 20, { totalCount: 40 }),
			page(20, 40, { totalCount: 40 }),
		);
		expect(await getDomains(api, Infinity, noWarning)).toHaveLength(40);
		expect(offsets(requests)).toEqual([0, 20]);
	});

	it('ends with a short page if the response has no total count', async () => {
		const { api, requests } = await connection(page(0, 20), page(20, 23));
		expect(await getDomains(api, Infinity, noWarning)).toHaveLength(23);
		expect(offsets(requests)).toEqual([0, 20]);
	});

	it('continues by the limit that Wooxy applied', async () => {
		const { api, requests } = await connection(
			page(0, 10, { totalCount: '15', limit: '10' }),
			page(10, 15, { totalCount: '15', limit: '10' }),
		);
		expect(await getDomains(api, Infinity, noWarning)).toHaveLength(15);
		expect(offsets(requests)).toEqual([0, 10]);
	});

	it('ends where a page repeats an earlier one, and says so', async () => {
		const warnings: string[] = [];
		const { api, requests } = await connection(page(0, 20), page(0, 20));
		expect(await getDomains(api, Infinity, (text) => void warnings.push(text))).toHaveLength(20);
		expect(offsets(requests)).toEqual([0, 20]);
		expect(warnings).toEqual([expect.stringContaining('Some rows may be missing')]);
	});

	it('has each row once if pages overlap', async () => {
		const { api } = await connection(page(0, 20), page(10, 30), page(30, 35));
		expect(await getDomains(api, Infinity, noWarning)).toHaveLength(35);
	});

	it('is read no further than the limit', async () => {
		const { api, requests } = await connection(page(0, 20, { totalCount: 1000 }));
		expect(await getDomains(api, 7, noWarning)).toHaveLength(7);
		expect(offsets(requests)).toEqual([0]);
	});
});

describe('a webhook of Wooxy', () => {
	it('is read from config, with the name of its domain', async () => {
		const config = {
			id: 123,
			title: 'n8n',
			url: 'https://n8n.example/webhook/1',
			domain: { id: 'd1', name: 'shop.example' },
			events: ['sms_delivered'],
		};
		const { api, requests } = await connection({ result: true, config });
		const { title, url, events } = config;
		const target = { title, url, domain: 'shop.example', events };
		expect(await createWebhook(api, target)).toEqual({
			id: 123,
			url,
			domain: 'shop.example',
			events,
		});
		expect(JSON.parse(requests[0].body as string)).toEqual(target);
	});

	it('may have its ID as a text', async () => {
		const data = [{ id: '7', title: 'n8n', url: 'https://a.example', domain: 'shop.example' }];
		const { api } = await connection({ result: true, data });
		expect(await getWebhooks(api)).toEqual([
			{ id: 7, url: 'https://a.example', domain: 'shop.example', events: [] },
		]);
	});

	it('does not exist in an account without webhooks, which is not an error', async () => {
		const errors = ['There is no web hook configurations in your account'];
		const { api } = await connection({ result: false, errors });
		expect(await getWebhooks(api)).toEqual([]);
	});

	it('cannot be listed if Wooxy rejects the request for another reason', async () => {
		const { api } = await connection({ result: false, errors: ['Invalid authorization token!'] });
		await expect(getWebhooks(api)).rejects.toThrow('Invalid authorization token!');
	});

	it('that no longer exists counts as removed', async () => {
		const errors = ['Web hook config 7 not found in your account'];
		const { api } = await connection({ result: false, errors });
		await expect(removeWebhook(api, 7)).resolves.toBeUndefined();
	});

	it('does not count as removed if Wooxy rejects the request for another reason', async () => {
		const { api } = await connection({ result: false, errors: ['Bad Request'] });
		await expect(removeWebhook(api, 7)).rejects.toThrow('Bad Request');
	});
});

describe('a request to change contacts', () => {
	const entry = { id: SENT, source: 'api', status: 'done', results: { errors: [], success: [] } };

	it('is found in the map under its ID', async () => {
		const { api } = await connection({ result: true, requests: { [SENT]: entry }, errors: [] });
		expect((await getRequest(api, SENT))?.raw).toEqual(entry);
	});

	it.each([
		['null', { [SENT]: null }],
		['missing', {}],
		['an empty list', []],
	])('is unknown if it is %s', async (_name, requests) => {
		const { api } = await connection({ result: true, requests, errors: [] });
		expect(await getRequest(api, SENT)).toBeUndefined();
	});
});
