import { accountSchema, getAccount } from '../../../nodes/Wooxy/api/account';
import {
	blockedNumberSchema,
	blockNumber,
	getBlockedNumbers,
	unblockNumber,
} from '../../../nodes/Wooxy/api/blockedNumbers';
import {
	contactListSchema,
	getContactListPage,
	getContactLists,
} from '../../../nodes/Wooxy/api/contactLists';
import {
	changeSchema,
	getContact,
	getRequest,
	removeContact,
	requestSchema,
	upsertContact,
} from '../../../nodes/Wooxy/api/contacts';
import { domainSchema, getDomainPage, getDomains } from '../../../nodes/Wooxy/api/domains';
import { requestOf, responding } from './wooxy';

/** Records of an account: the requests, and every field that is read. */

const TO = '+37255512345';
const CREATED = '2024-05-01 10:20:30';
const AT = '2024-05-01T10:20:30.000Z';

describe('an account', () => {
	it.each([
		['12.5', 12.5],
		[0, 0],
		[undefined, null],
		['', null],
	])('with the balance %j has %j', async (accountBalance, expected) => {
		const raw = { result: true, accountName: 'Shop', accountBalance };
		const { api, requests } = responding(raw);
		const { json, raw: whole } = await getAccount(api);
		expect(json).toEqual({ provider: 'wooxy', accountName: 'Shop', accountBalance: expected });
		expect(Object.keys(json)).toEqual(Object.keys(accountSchema));
		expect(whole).toEqual(raw);
		expect(requests).toEqual([requestOf('account/info', {})]);
	});
});

describe('a number', () => {
	it('is blocked', async () => {
		const { api, requests } = responding({ result: true });
		expect(await blockNumber(api, TO, 'import')).toEqual({
			json: { provider: 'wooxy', phoneNumber: TO, rejectType: 'import', blocked: true },
			raw: { result: true },
		});
		const records = [{ phoneNumber: TO, rejectType: 'import' }];
		expect(requests).toEqual([requestOf('phone-blacklist/add', { records })]);
	});

	it('is unblocked', async () => {
		const { api, requests } = responding({ result: true });
		expect(await unblockNumber(api, TO)).toEqual({
			json: { provider: 'wooxy', phoneNumber: TO, blocked: false },
			raw: { result: true },
		});
		expect(requests).toEqual([requestOf('phone-blacklist/remove', { phoneNumber: TO })]);
	});

	it('is found if it is blocked', async () => {
		const raw = { phoneNumber: TO, rejectType: 'invalid', createdAt: CREATED };
		const { api, requests } = responding({ result: true, data: [raw] });
		const [{ json, raw: whole }, ...others] = await getBlockedNumbers(
			api,
			{ rejectType: 'invalid' },
			5,
			jest.fn(),
		);
		expect(json).toEqual({
			provider: 'wooxy',
			phoneNumber: TO,
			rejectType: 'invalid',
			blockedAt: AT,
		});
		expect(Object.keys(json)).toEqual(Object.keys(blockedNumberSchema));
		expect(whole).toEqual(raw);
		expect(others).toEqual([]);
		const body = { rejectType: 'invalid', offset: 0, limit: 20 };
		expect(requests).toEqual([requestOf('phone-blacklist/find', body)]);
	});
});

describe('contact lists', () => {
	const raw = {
		contactListId: 'l1',
		contactListName: 'News',
		domainId: 'd1',
		domain: 'shop.example',
		smsFromName: 'Shop',
		isDefault: '1',
		customVariables: [{ a: 1 }],
		defaultVariables: { x: { b: 2 } },
		createdAt: CREATED,
		updatedAt: '2024-05-02 10:20:30',
	};

	it('are read field by field', async () => {
		const { api, sent } = responding({ result: true, data: [raw] });
		const [{ json, raw: whole }] = await getContactLists(api, 'shop.example', 5, jest.fn());
		expect(json).toEqual({
			...raw,
			provider: 'wooxy',
			isDefault: true,
			defaultVariables: [{ b: 2 }],
			createdAt: AT,
			updatedAt: '2024-05-02T10:20:30.000Z',
		});
		expect(Object.keys(json)).toEqual(Object.keys(contactListSchema));
		expect(whole).toEqual(raw);
		const body = { domain: 'shop.example', offset: 0, limit: 20 };
		expect(sent()).toEqual([['contact-list/find', body]]);
	});

	it('are returned in pages', async () => {
		const { api, sent } = responding({ result: true, data: [{}], limit: 1 });
		const { found, next } = await getContactListPage(api, 'shop.example', 40);
		expect(found).toHaveLength(1);
		expect(next).toBe(41);
		const body = { domain: 'shop.example', offset: 40, limit: 20 };
		expect(sent()).toEqual([['contact-list/find', body]]);
	});
});

describe('domains', () => {
	const raw = { domainId: 'd1', domain: 'shop.example', isTrial: true, createdAt: CREATED };

	it('are read field by field', async () => {
		const { api, sent } = responding({ result: true, data: [raw] });
		const [{ json, raw: whole }] = await getDomains(api, 5, jest.fn());
		expect(json).toEqual({ ...raw, provider: 'wooxy', createdAt: AT });
		expect(Object.keys(json)).toEqual(Object.keys(domainSchema));
		expect(whole).toEqual(raw);
		expect(sent()).toEqual([['domain/find', { offset: 0, limit: 20 }]]);
	});

	it('are returned in pages of a given size', async () => {
		const { api, sent } = responding({ result: true, data: [raw, raw, raw] });
		const { found, next } = await getDomainPage(api, 6, 3);
		expect(found).toHaveLength(3);
		expect(found[0].json).toMatchObject({ domainId: 'd1' });
		expect(next).toBe(9);
		expect(sent()).toEqual([['domain/find', { offset: 6, limit: 3 }]]);
	});
});

describe('a contact', () => {
	const KEY = { contactListId: 'l1', contact: 'u-17' };

	it('is read with the spaces around its keys removed', async () => {
		const contact = { userId: 'u-17', 'contactGender ': 'f' };
		const { api, requests } = responding({ result: true, contact });
		expect(await getContact(api, KEY)).toEqual({
			json: { provider: 'wooxy', contactListId: 'l1', userId: 'u-17', contactGender: 'f' },
			raw: contact,
		});
		expect(requests).toEqual([requestOf('contact/get', { contactListId: 'l1', userId: 'u-17' })]);
	});

	it.each([[{}], [[]], [[{ userId: 'u-17' }]], [null], ['u-17'], [undefined]])(
		'does not exist if the response has %j',
		async (contact) => {
			expect(await getContact(responding({ result: true, contact }).api, KEY)).toBeUndefined();
		},
	);

	const CHANGED = {
		json: { provider: 'wooxy', requestId: 'r1', contactListId: 'l1', contact: 'u-17' },
		raw: { result: true, requestId: 'r1' },
	};

	it('is created or updated by a request', async () => {
		const { api, requests } = responding(CHANGED.raw);
		const changed = await upsertContact(api, KEY, { name: 'Anna' });
		expect(changed).toEqual(CHANGED);
		expect(Object.keys(changed.json)).toEqual(Object.keys(changeSchema));
		const contacts = [{ contact: 'u-17', name: 'Anna' }];
		const body = { contactListId: 'l1', contacts, upsert: true };
		expect(requests).toEqual([requestOf('contacts/update', body)]);
	});

	it.each([
		['u-17', { userIds: ['u-17'] }],
		[TO, { phoneNumbers: [TO] }],
		['anna@example.com', { emails: ['anna@example.com'] }],
	])('%s is removed by a request', async (contact, keys) => {
		const { api, requests } = responding({ result: true });
		expect(await removeContact(api, { contactListId: 'l1', contact })).toEqual({
			json: { provider: 'wooxy', requestId: null, contactListId: 'l1', contact },
			raw: { result: true },
		});
		expect(requests).toEqual([requestOf('contacts/remove', { contactListId: 'l1', ...keys })]);
	});
});

describe('a request to change contacts', () => {
	const raw = {
		id: 'r1',
		source: 'api',
		status: 'done',
		createdAt: CREATED,
		updatedAt: '2024-05-02 10:20:30',
		results: { success: [{ a: 1 }], errors: [{ b: 2 }, null] },
	};

	it.each<[string, unknown]>([
		['a map', { r1: raw, r2: { id: 'r2' } }],
		['a map under another key', { x: { id: 'r2' }, y: raw }],
		['a list', [{ id: 'r2' }, raw]],
	])('is found in %s', async (_what, requests) => {
		const { api, sent } = responding({ result: true, requests });
		const found = await getRequest(api, 'r1');
		expect(found).toEqual({
			json: {
				provider: 'wooxy',
				requestId: 'r1',
				source: 'api',
				status: 'done',
				createdAt: AT,
				updatedAt: '2024-05-02T10:20:30.000Z',
				succeeded: [{ a: 1 }],
				failed: [{ b: 2 }],
			},
			raw,
		});
		expect(Object.keys(found?.json ?? {})).toEqual(Object.keys(requestSchema));
		expect(sent()).toEqual([['request/find', { ids: ['r1'] }]]);
	});

	it('may have no results yet', async () => {
		const { api } = responding({ result: true, requests: { r1: { results: 'none' } } });
		expect((await getRequest(api, 'r1'))?.json).toMatchObject({ succeeded: [], failed: [] });
	});

	it.each<[unknown]>([[{ r2: { id: 'r2' } }], [[{ id: 'r2' }]], [{ r1: null }], [null], ['r1']])(
		'is unknown if the response has %j',
		async (requests) => {
			expect(await getRequest(responding({ result: true, requests }).api, 'r1')).toBeUndefined();
		},
	);

	it('is not a property that every object inherits', async () => {
		const { api } = responding({ result: true, requests: {} });
		expect(await getRequest(api, 'constructor')).toBeUndefined();
		expect(await getRequest(api, '__proto__')).toBeUndefined();
	});
});
