import { domainId } from '../../sandbox/wooxy/domains';
import {
	CUSTOMERS,
	HANDSET,
	SAMPLE,
	ask,
	failed,
	receiver,
	sandbox,
	send,
	statusOf,
	until,
	useSandbox,
} from './wooxy';

useSandbox();

describe('domains and contact lists', () => {
	it('are returned in pages', async () => {
		const domains = Array.from({ length: 25 }, (_, i) => `shop${i}.example`);
		sandbox.configure('wooxy', { domains });
		const { json } = await ask('domain/find');
		expect(json).toMatchObject({ result: true, totalCount: 25, offset: 0, limit: 20, errors: [] });
		expect(json.data).toHaveLength(20);
		expect(json.data[0]).toEqual({
			domainId: domainId('shop0.example'),
			domain: 'shop0.example',
			isTrial: 'false',
			createdAt: '2024-05-01 10:20:30',
		});
		expect((await ask('domain/find', { offset: 20 })).json.data).toHaveLength(5);
	});

	it('are found by name and id; a single domain has isTrial as a boolean', async () => {
		const id = domainId('shop.example');
		for (const fields of [{ domain: 'shop.example' }, { domainId: id }]) {
			const { json } = await ask('domain/get', fields);
			expect(json.data).toMatchObject({ domainId: id, isTrial: false });
		}
	});

	it.each<[object, string]>([
		[{}, 'Minimum one unique domain identification (domainId or domain) is required.'],
		[{ domain: '' }, "Argument 'domain' must be a non-empty string"],
		[{ domainId: '' }, "Argument 'domainId' must be a non-empty string"],
		[{ domain: 'unverified.example' }, 'Domain not found in your account or not verified'],
	])('are rejected with an error and an empty array: %j', async (fields, text) => {
		expect((await ask('domain/get', fields)).json).toEqual({ ...failed(text), data: [] });
	});

	it('have token errors with a capital letter in domain/get', async () => {
		expect((await ask('domain/get', {}, 'wrong')).json).toEqual(
			failed('No matches found for access token wrong'),
		);
	});

	it('have a default list, and require an identifier in a search', async () => {
		const { json } = await ask('contact-list/find', { domain: 'shop.example' });
		expect(json.data).toMatchObject([
			{ contactListName: 'Customers', contactListId: CUSTOMERS, isDefault: '1' },
			{ contactListName: 'Suppliers', isDefault: '0', smsFromName: 'Shop Buying' },
		]);
		const first = await ask('contact-list/get', { domain: 'shop.example' });
		expect(first.json.data).toEqual(json.data[0]);
		expect((await ask('contact-list/find')).json.result).toBe(false);
		sandbox.configure('wooxy', { listFindNeedsOne: false });
		expect((await ask('contact-list/find')).json.totalCount).toBe(3);
	});
});

describe('contacts', () => {
	const change = { contactListId: CUSTOMERS, contacts: [{ contact: 'u-18', name: 'Jaan' }] };
	const find = async (requestId: string) =>
		(await ask('request/find', { ids: [requestId] })).json.requests[requestId];

	it('are changed later, and request/find returns the result', async () => {
		const { json } = await ask('contacts/update', { ...change, upsert: true });
		expect(json).toEqual({ result: true, requestId: expect.stringMatching(/^[0-9a-f]{24}$/) });
		expect((await find(json.requestId)).status).toBe('new');
		await sandbox.clock.advance();
		const job = await find(json.requestId);
		expect(job).toMatchObject({ status: 'done', source: 'contacts/update', webHookUri: null });
		expect(job.results).toEqual({
			errors: [],
			success: [{ id: expect.any(String), email: null, phone: null, userId: 'u-18' }],
		});
		const got = await ask('contact/get', { contactListId: CUSTOMERS, userId: 'u-18' });
		expect(got.json).toMatchObject({
			result: true,
			contact: { name: 'Jaan', contactScore: null, variables: [{ name: 'city', value: null }] },
			errors: [],
		});
	});

	it('are not created by an update without upsert', async () => {
		const { json } = await ask('contacts/update', change);
		await sandbox.clock.advance();
		const { errors, success } = (await find(json.requestId)).results;
		expect([errors.length, success.length]).toEqual([1, 0]);
	});

	it('are removed, and the result is posted to the address of the request', async () => {
		const { url, received } = await receiver();
		const userIds = ['u-17', 'u-99'];
		const request = { contactListId: CUSTOMERS, userIds, webHookUri: url };
		const { json } = await ask('contacts/remove', request);
		await sandbox.clock.advance();
		await until(() => received.length > 0);
		const entry = JSON.parse(received[0].body);
		expect(entry).toEqual(await find(json.requestId));
		expect(entry.results).toMatchObject({
			errors: [{ error: 'Contact not found', contact: { userId: 'u-99' } }],
			success: [{ userId: 'u-17', phone: HANDSET }],
		});
	});

	it.each<[object, string]>([
		[{ contactListId: '' }, 'Argument contactListId must be a non-empty string'],
		[{ webHookUri: 'nowhere' }, 'Argument webHookUri must be a valid URI'],
		[{ emails: 'x' }, 'Argument emails must be a list of emails'],
		[{ emails: [1] }, 'Each email must be a string'],
		[{ phoneNumbers: [1] }, 'Each phoneNumber must be a string'],
	])('are not removed with %j, and the error has a requestId', async (changes, text) => {
		const { json } = await ask('contacts/remove', { contactListId: CUSTOMERS, ...changes });
		expect(json).toEqual({ ...failed(text), requestId: expect.any(String) });
	});

	it('are limited to 100 per request', async () => {
		const contacts = Array.from({ length: 101 }, () => ({}));
		const { json } = await ask('contacts/add', { contactListId: CUSTOMERS, contacts });
		expect(json.errors).toEqual(['Maximum count of records per transaction is 100, current 101']);
	});
});

describe('the black list', () => {
	const record = { phoneNumber: HANDSET, rejectType: 'import' };

	it('adds numbers without duplicates, finds and removes them', async () => {
		expect((await ask('phone-blacklist/add', { records: [record, record] })).json).toEqual({
			result: true,
		});
		expect((await ask('phone-blacklist/find', { phoneNumber: HANDSET })).json).toEqual({
			result: true,
			data: [{ ...record, createdAt: expect.any(String) }],
			totalCount: 1,
			offset: 0,
			limit: 20,
		});
		await ask('phone-blacklist/remove', { phoneNumber: HANDSET });
		const after = await ask('phone-blacklist/find', { phoneNumber: HANDSET });
		expect(after.json.totalCount).toBe(0);
	});

	it.each([
		['failed', 'failed'],
		['reject', 'reject'],
	])('blocks messages; with "%s" they end as %s', async (blocked, status) => {
		sandbox.configure('wooxy', { blocked });
		await ask('phone-blacklist/add', { records: [record] });
		const id = await send();
		await sandbox.clock.advance();
		expect(await statusOf(id)).toBe(status);
	});

	it('can reject the message immediately', async () => {
		sandbox.configure('wooxy', { blocked: 'refused' });
		await ask('phone-blacklist/add', { records: [record] });
		expect((await ask('sms/send', SAMPLE)).json.result).toBe(false);
	});

	it.each<[object, string]>([
		[{ phoneNumber: '555', rejectType: 'import' }, '555 is not a valid E.164 phone number'],
		[
			{ phoneNumber: HANDSET, rejectType: 'spam' },
			'Allowed reject types are import, invalid, unsubscribe, undeliverable, but spam given',
		],
		[{ phoneNumber: HANDSET }, 'Argument rejectType required'],
	])('rejects %j and all other records', async (wrong, text) => {
		const { json } = await ask('phone-blacklist/add', { records: [record, wrong] });
		expect(json).toEqual(failed(text));
		expect((await ask('phone-blacklist/find', { phoneNumber: HANDSET })).json.data).toEqual([]);
	});

	it('is searched by number, or by type alone if the settings say so', async () => {
		await ask('phone-blacklist/add', { records: [record] });
		const byType = { phoneNumber: null, rejectType: 'import' };
		expect((await ask('phone-blacklist/find', byType)).json).toEqual(
			failed('Argument phoneNumber must be a non-empty string'),
		);
		sandbox.configure('wooxy', { blackListFindNeedsNumber: false });
		expect((await ask('phone-blacklist/find', byType)).json.totalCount).toBe(1);
	});
});

describe('tags', () => {
	it('are created, read, changed and removed', async () => {
		const { json } = await ask('tags/create', { name: 'otp', description: 'codes' });
		expect((await ask('tags/get', { name: 'otp' })).json).toEqual({
			result: true,
			data: { id: json.id, name: 'otp', description: 'codes' },
		});
		expect((await ask('tags/update', { tag: 'otp', name: 'код' })).json).toEqual({ result: true });
		expect((await ask('tags/remove', { name: 'код' })).json).toEqual({ result: true });
		expect((await ask('tags/get', { name: 'код' })).json).toEqual(
			failed('Tag код is not registered in account tags'),
		);
	});

	it.each<[object, string]>([
		[{ name: '' }, 'Tag name must be a non-empty string'],
		[{ name: 'x' }, 'Tag characters length should be between 2 and 30'],
		[{ name: '_x' }, expect.stringContaining('reserved for internal use')],
		[{ name: 'a b' }, expect.stringContaining('Tag name must contain only numbers')],
		[{ name: 'ab', description: 1 }, 'Argument description must be a string'],
		[{ name: 'there' }, 'Tag name there must be unique'],
	])('are rejected: %j', async (fields, text) => {
		await ask('tags/create', { name: 'there' });
		expect((await ask('tags/create', fields)).json).toEqual(failed(text));
	});
});
