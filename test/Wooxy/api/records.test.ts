import { accountShape, getAccount } from '../../../nodes/Wooxy/api/account';
import {
	blockedShape,
	blockNumber,
	getBlockedNumbers,
	unblockNumber,
} from '../../../nodes/Wooxy/api/blockedNumbers';
import {
	contactListShape,
	getContactListPage,
	getContactLists,
} from '../../../nodes/Wooxy/api/contactLists';
import {
	changeShape,
	getContact,
	getRequest,
	removeContact,
	requestShape,
	upsertContact,
} from '../../../nodes/Wooxy/api/contacts';
import { domainShape, getDomainPage, getDomains } from '../../../nodes/Wooxy/api/domains';
import { answering, requestOf } from './wooxy';

/** Records of an account: what is asked for, and every member that is read. */

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
		const { api, requests } = answering(raw);
		const { json, raw: whole } = await getAccount(api);
		expect(json).toEqual({ provider: 'wooxy', accountName: 'Shop', accountBalance: expected });
		expect(Object.keys(json)).toEqual(Object.keys(accountShape));
		expect(whole).toEqual(raw);
		expect(requests).toEqual([requestOf('account/info', {})]);
	});
});

describe('a number', () => {
	it('is blocked', async () => {
		const { api, requests } = answering({ result: true });
		expect(await blockNumber(api, TO, 'import')).toEqual({
			json: { provider: 'wooxy', phoneNumber: TO, rejectType: 'import', blocked: true },
			raw: { result: true },
		});
		const records = [{ phoneNumber: TO, rejectType: 'import' }];
		expect(requests).toEqual([requestOf('phone-blacklist/add', { records })]);
	});

	it('is unblocked', async () => {
		const { api, requests } = answering({ result: true });
		expect(await unblockNumber(api, TO)).toEqual({
			json: { provider: 'wooxy', phoneNumber: TO, blocked: false },
			raw: { result: true },
		});
		expect(requests).toEqual([requestOf('phone-blacklist/remove', { phoneNumber: TO })]);
	});

	it('that is blocked is found', async () => {
		const raw = { phoneNumber: TO, rejectType: 'invalid', createdAt: CREATED };
		const { api, requests } = answering({ result: true, data: [raw] });
		const [{ json, raw: whole }, ...others] = await getBlockedNumbers(
			api,
			{ rejectType: 'invalid' },
			5,
		);
		expect(json).toEqual({
			provider: 'wooxy',
			phoneNumber: TO,
			rejectType: 'invalid',
			blockedAt: AT,
		});
		expect(Object.keys(json)).toEqual(Object.keys(blockedShape));
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

	it('are read member by member', async () => {
		const { api, sent } = answering({ result: true, data: [raw] });
		const [{ json, raw: whole }] = await getContactLists(api, 'shop.example', 5);
		expect(json).toEqual({
			...raw,
			provider: 'wooxy',
			isDefault: true,
			defaultVariables: [{ b: 2 }],
			createdAt: AT,
			updatedAt: '2024-05-02T10:20:30.000Z',
		});
		expect(Object.keys(json)).toEqual(Object.keys(contactListShape));
		expect(whole).toEqual(raw);
		const asked = { domain: 'shop.example', offset: 0, limit: 20 };
		expect(sent()).toEqual([['contact-list/find', asked]]);
	});

	it('come in pages', async () => {
		const { api, sent } = answering({ result: true, data: [{}], limit: 1 });
		const { found, next } = await getContactListPage(api, 'shop.example', 40);
		expect(found).toHaveLength(1);
		expect(next).toBe(41);
		const asked = { domain: 'shop.example', offset: 40, limit: 20 };
		expect(sent()).toEqual([['contact-list/find', asked]]);
	});
});

describe('domains', () => {
	const raw = { domainId: 'd1', domain: 'shop.example', isTrial: true, createdAt: CREATED };

	it('are read member by member', async () => {
		const { api, sent } = answering({ result: true, data: [raw] });
		const [{ json, raw: whole }] = await getDomains(api, 5);
		expect(json).toEqual({ ...raw, provider: 'wooxy', createdAt: AT });
		expect(Object.keys(json)).toEqual(Object.keys(domainShape));
		expect(whole).toEqual(raw);
		expect(sent()).toEqual([['domain/find', { offset: 0, limit: 20 }]]);
	});

	it('come in pages of a size that may be given', async () => {
		const { api, sent } = answering({ result: true, data: [raw, raw, raw] });
		const { found, next } = await getDomainPage(api, 6, 3);
		expect(found).toHaveLength(3);
		expect(found[0].json).toMatchObject({ domainId: 'd1' });
		expect(next).toBe(9);
		expect(sent()).toEqual([['domain/find', { offset: 6, limit: 3 }]]);
	});
});

describe('a contact', () => {
	const NAME = { contactListId: 'l1', contact: 'u-17' };

	it('has its members, without the blanks of their names', async () => {
		const contact = { userId: 'u-17', 'contactGender ': 'f' };
		const { api, requests } = answering({ result: true, contact });
		expect(await getContact(api, NAME)).toEqual({
			json: { provider: 'wooxy', contactListId: 'l1', userId: 'u-17', contactGender: 'f' },
			raw: contact,
		});
		expect(requests).toEqual([requestOf('contact/get', { contactListId: 'l1', userId: 'u-17' })]);
	});

	it.each([[{}], [[]], [[{ userId: 'u-17' }]], [null], ['u-17'], [undefined]])(
		'is not there where the answer holds %j',
		async (contact) => {
			expect(await getContact(answering({ result: true, contact }).api, NAME)).toBeUndefined();
		},
	);

	const CHANGED = {
		json: { provider: 'wooxy', requestId: 'r1', contactListId: 'l1', contact: 'u-17' },
		raw: { result: true, requestId: 'r1' },
	};

	it('is written by a request', async () => {
		const { api, requests } = answering(CHANGED.raw);
		const changed = await upsertContact(api, NAME, { name: 'Anna' });
		expect(changed).toEqual(CHANGED);
		expect(Object.keys(changed.json)).toEqual(Object.keys(changeShape));
		const contacts = [{ contact: 'u-17', name: 'Anna' }];
		const body = { contactListId: 'l1', contacts, upsert: true };
		expect(requests).toEqual([requestOf('contacts/update', body)]);
	});

	it.each([
		['u-17', { userIds: ['u-17'] }],
		[TO, { phoneNumbers: [TO] }],
		['anna@example.com', { emails: ['anna@example.com'] }],
	])('%s is removed by a request', async (contact, named) => {
		const { api, requests } = answering({ result: true });
		expect(await removeContact(api, { contactListId: 'l1', contact })).toEqual({
			json: { provider: 'wooxy', requestId: null, contactListId: 'l1', contact },
			raw: { result: true },
		});
		expect(requests).toEqual([requestOf('contacts/remove', { contactListId: 'l1', ...named })]);
	});
});

describe('a request', () => {
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
		const { api, sent } = answering({ result: true, requests });
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
		expect(Object.keys(found?.json ?? {})).toEqual(Object.keys(requestShape));
		expect(sent()).toEqual([['request/find', { ids: ['r1'] }]]);
	});

	it('may have no results yet', async () => {
		const { api } = answering({ result: true, requests: { r1: { results: 'none' } } });
		expect((await getRequest(api, 'r1'))?.json).toMatchObject({ succeeded: [], failed: [] });
	});

	it.each<[unknown]>([[{ r2: { id: 'r2' } }], [[{ id: 'r2' }]], [{ r1: null }], [null], ['r1']])(
		'is unknown in %j',
		async (requests) => {
			expect(await getRequest(answering({ result: true, requests }).api, 'r1')).toBeUndefined();
		},
	);

	it('is no member that every object has', async () => {
		const { api } = answering({ result: true, requests: {} });
		expect(await getRequest(api, 'constructor')).toBeUndefined();
		expect(await getRequest(api, '__proto__')).toBeUndefined();
	});
});
