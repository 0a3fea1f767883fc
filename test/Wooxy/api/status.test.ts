import type { IDataObject } from 'n8n-workflow';
import { getAllInfo, getInfo, readLookups, readRecord } from '../../../nodes/Wooxy/api/status';
import { Failure } from '../../../nodes/shared/errors/failure';
import { requestOf, responding } from './wooxy';

/** Look-ups of messages, in requests of up to a hundred IDs. */

const lookupsOf = (ids: string[], data: unknown, errors?: unknown) =>
	Object.fromEntries(readLookups(ids, { data, errors } as IDataObject));

describe('a record', () => {
	it('is a message', () => {
		const raw = {
			status: 'sent',
			phoneNumber: '+37255512345',
			fromName: 'Shop',
			createdAt: '2024-05-01 10:20:30',
		};
		expect(readRecord('m1', raw)).toEqual({
			raw,
			message: {
				provider: 'wooxy',
				messageId: 'm1',
				referenceId: null,
				to: '+37255512345',
				from: 'Shop',
				status: 'sent',
				isFinal: false,
				providerStatus: 'sent',
				errorCode: null,
				errorMessage: null,
				createdAt: '2024-05-01T10:20:30.000Z',
				sentAt: null,
				updatedAt: null,
				segments: null,
				encoding: null,
			},
		});
	});

	it.each([
		[' Delivered ', 'delivered', ' Delivered '],
		['new', 'queued', 'new'],
		['toString', 'unknown', 'toString'],
		['constructor', 'unknown', 'constructor'],
		['', 'unknown', 'unknown'],
		[undefined, 'unknown', 'unknown'],
	])('with the status "%s" is %s', (received, status, providerStatus) => {
		expect(readRecord('m1', { status: received }).message).toMatchObject({
			status,
			providerStatus,
		});
	});
});

it.each([
	['delivered', null],
	['undelivered', 'The message can never be delivered, mostly because the number is not valid'],
	[
		'Failed',
		'The network rejected the message, or its validity period passed without a confirmation, so it may have arrived',
	],
	['constructor', null],
])('the error message of a record with the status "%s" is what Wooxy publishes', (status, text) => {
	expect(readRecord('m1', { status }).message.errorMessage).toBe(text);
});

it.each([
	[['SMS m1 not found', 'sms m2 not found'], true],
	[['SMS m1 not found', 'Something else'], false],
	[[], false],
])('a response with result false and the errors %j is a look-up: %s', async (errors, isLookup) => {
	const { api } = responding({ result: false, data: null, errors });
	const looking = getInfo(api, ['m1', 'm2']);
	if (!isLookup) return await expect(looking).rejects.toThrow(Failure);
	expect([...(await looking).values()]).toEqual([
		{ reason: 'SMS m1 not found' },
		{ reason: 'sms m2 not found' },
	]);
});

describe('the records of a response', () => {
	it.each<[string, unknown]>([
		['a map', { m1: { id: 'm1' }, m2: { id: 'm2' } }],
		['a list', [{ id: 'm2' }, { id: 'm1' }]],
		['a map with swapped keys', { m1: { id: 'm2' }, m2: { id: 'm1' } }],
		['a map with spaces in its keys and IDs', { ' m 1 ': { id: ' m1' }, 'm\t\n2': { id: 'm 2 ' } }],
		['a map that has other values too', { m1: { id: 'm1' }, m2: { id: 'm2' }, m3: null, m4: 'x' }],
	])('are assigned to the requested IDs in %s', (_what, data) => {
		const found = lookupsOf(['m1', ' m2'], data) as Record<string, { record: { id: string } }>;
		expect(Object.keys(found)).toEqual(['m1', ' m2']);
		expect(found.m1.record.id.replace(/ /g, '')).toBe('m1');
		expect(found[' m2'].record.id.replace(/ /g, '')).toBe('m2');
	});

	it.each([['m1'], [undefined]])('are found by their key if their ID is %s', (id) => {
		expect(lookupsOf(['m1'], { m1: { id } })).toEqual({ m1: { record: { id } } });
	});

	it('with an ID that was not requested belong to their key', () => {
		expect(lookupsOf(['m1'], { m1: { id: 'x' } })).toEqual({ m1: { record: { id: 'x' } } });
	});

	it('with another requested ID do not belong to their key', () => {
		expect(lookupsOf(['m1', 'm2'], { m1: { id: 'm2' } })).toEqual({
			m1: { reason: 'SMS m1 not found' },
			m2: { record: { id: 'm2' } },
		});
	});

	it('that are texts are ignored', () => {
		expect(lookupsOf(['m1'], { m1: 'x' })).toEqual({ m1: { reason: 'SMS m1 not found' } });
	});

	it('that are missing have the error text that names their ID as the reason', () => {
		expect(lookupsOf(['m1', 'm2', 'm3'], [], ['SMS m2 is old', 'm1: gone'])).toEqual({
			m1: { reason: 'm1: gone' },
			m2: { reason: 'SMS m2 is old' },
			m3: { reason: 'SMS m3 not found' },
		});
	});
});

describe('a look-up', () => {
	it('returns messages, and a reason for each ID that was not found', async () => {
		const { api, requests } = responding({ result: true, data: { m1: { id: 'm1' } } });
		const found = await getInfo(api, ['m1', 'm2']);
		expect([...found.keys()]).toEqual(['m1', 'm2']);
		expect(found.get('m1')).toEqual(readRecord('m1', { id: 'm1' }));
		expect(found.get('m2')).toEqual({ reason: 'SMS m2 not found' });
		expect(requests).toEqual([requestOf('sms/info', { ids: ['m1', 'm2'] })]);
	});

	const ids = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

	it.each([
		[0, []],
		[1, [1]],
		[100, [100]],
		[101, [100, 1]],
		[250, [100, 100, 50]],
	])('of %i IDs takes a request for every hundred', async (count, sizes) => {
		const { api, requests } = responding({ result: true, data: [] });
		const found = await getAllInfo(api, ids(count), 2);
		expect([...found.keys()]).toEqual(ids(count));
		const chunks = requests.map(({ body }) => (JSON.parse(String(body)) as { ids: string[] }).ids);
		expect(chunks.map(({ length }) => length)).toEqual(sizes);
		expect(chunks.flat()).toEqual(ids(count));
	});

	it('that fails affects only the IDs of its request', async () => {
		const rejected = { result: false, errors: ['Bad Request'] };
		const { api } = responding(rejected, { result: true, data: [] });
		const found = await getAllInfo(api, ids(101), 1);
		expect(found.size).toBe(101);
		expect(found.get('m0')).toBeInstanceOf(Failure);
		expect(found.get('m99')).toBe(found.get('m0'));
		expect(found.get('m99')).toMatchObject({ message: 'Wooxy responded: Bad Request' });
		expect(found.get('m100')).toEqual({ reason: 'SMS m100 not found' });
	});

	it('has no more requests in flight than requested', async () => {
		const { api } = responding({ result: true, data: [] });
		let inFlight = 0;
		let maxInFlight = 0;
		const { request: send } = api.http;
		api.http.request = async (request, read) => {
			maxInFlight = Math.max(maxInFlight, ++inFlight);
			await Promise.resolve();
			inFlight -= 1;
			return await send(request, read);
		};
		await getAllInfo(api, ids(500), 2);
		expect(maxInFlight).toBe(2);
	});
});
