import type { IDataObject } from 'n8n-workflow';
import { getAllInfo, getInfo, readLookups, readSms } from '../../../nodes/Wooxy/api/status';
import { Failure } from '../../../nodes/shared/errors';
import { answering, requestOf } from './wooxy';

/** Looking messages up, one by one and by the hundred. */

const of = (ids: string[], data: unknown, errors?: unknown) =>
	Object.fromEntries(readLookups(ids, { data, errors } as IDataObject));

describe('a record', () => {
	it('is a message', () => {
		const raw = {
			status: 'sent',
			phoneNumber: '+37255512345',
			fromName: 'Shop',
			createdAt: '2024-05-01 10:20:30',
		};
		expect(readSms('m1', raw)).toEqual({
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
				sentAt: '2024-05-01T10:20:30.000Z',
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
	])('of the word "%s" is %s', (word, status, providerStatus) => {
		expect(readSms('m1', { status: word }).message).toMatchObject({ status, providerStatus });
	});
});

describe('the records of an answer', () => {
	it.each<[string, unknown]>([
		['a map', { m1: { id: 'm1' }, m2: { id: 'm2' } }],
		['a list', [{ id: 'm2' }, { id: 'm1' }]],
		['a map whose keys changed places', { m1: { id: 'm2' }, m2: { id: 'm1' } }],
		['a map with blanks', { ' m 1 ': { id: ' m1' }, 'm\t\n2': { id: 'm 2 ' } }],
		['a map beside what is none', { m1: { id: 'm1' }, m2: { id: 'm2' }, m3: null, m4: 'x' }],
	])('are told apart in %s', (_what, data) => {
		const found = of(['m1', ' m2'], data) as Record<string, { record: { id: string } }>;
		expect(Object.keys(found)).toEqual(['m1', ' m2']);
		expect(found.m1.record.id.replace(/ /g, '')).toBe('m1');
		expect(found[' m2'].record.id.replace(/ /g, '')).toBe('m2');
	});

	it.each([['m1'], [undefined]])('may be under a key although their id is %s', (id) => {
		expect(of(['m1'], { m1: { id } })).toEqual({ m1: { record: { id } } });
	});

	it('of nobody who asked are those of their key', () => {
		expect(of(['m1'], { m1: { id: 'x' } })).toEqual({ m1: { record: { id: 'x' } } });
	});

	it('of another id are never those of their key', () => {
		expect(of(['m1', 'm2'], { m1: { id: 'm2' } })).toEqual({
			m1: { words: 'SMS m1 not found' },
			m2: { record: { id: 'm2' } },
		});
	});

	it('that are texts are none', () => {
		expect(of(['m1'], { m1: 'x' })).toEqual({ m1: { words: 'SMS m1 not found' } });
	});

	it('that are missing have the words that name their id', () => {
		expect(of(['m1', 'm2', 'm3'], [], ['SMS m2 is old', 'm1: gone'])).toEqual({
			m1: { words: 'm1: gone' },
			m2: { words: 'SMS m2 is old' },
			m3: { words: 'SMS m3 not found' },
		});
	});
});

describe('a look-up', () => {
	it('gives messages, and words for what is not there', async () => {
		const { api, requests } = answering({ result: true, data: { m1: { id: 'm1' } } });
		const found = await getInfo(api, ['m1', 'm2']);
		expect([...found.keys()]).toEqual(['m1', 'm2']);
		expect(found.get('m1')).toEqual(readSms('m1', { id: 'm1' }));
		expect(found.get('m2')).toEqual({ words: 'SMS m2 not found' });
		expect(requests).toEqual([requestOf('sms/info', { ids: ['m1', 'm2'] })]);
	});

	const ids = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`);

	it.each([
		[0, []],
		[1, [1]],
		[100, [100]],
		[101, [100, 1]],
		[250, [100, 100, 50]],
	])('of %i ids is made by the hundred', async (count, sizes) => {
		const { api, requests } = answering({ result: true, data: [] });
		const found = await getAllInfo(api, ids(count), 2);
		expect([...found.keys()]).toEqual(ids(count));
		const asked = requests.map(({ body }) => (JSON.parse(String(body)) as { ids: string[] }).ids);
		expect(asked.map(({ length }) => length)).toEqual(sizes);
		expect(asked.flat()).toEqual(ids(count));
	});

	it('that failed fails its own ids alone', async () => {
		const refused = { result: false, errors: ['Bad Request'] };
		const { api } = answering(refused, { result: true, data: [] });
		const found = await getAllInfo(api, ids(101), 1);
		expect(found.size).toBe(101);
		expect(found.get('m0')).toBeInstanceOf(Failure);
		expect(found.get('m99')).toBe(found.get('m0'));
		expect(found.get('m99')).toMatchObject({ message: 'Wooxy answered: Bad Request' });
		expect(found.get('m100')).toEqual({ words: 'SMS m100 not found' });
	});

	it('has no more requests in flight than wanted', async () => {
		const { api } = answering({ result: true, data: [] });
		let flying = 0;
		let most = 0;
		const { request } = api.http;
		api.http.request = async (wanted, read) => {
			most = Math.max(most, ++flying);
			await Promise.resolve();
			flying -= 1;
			return await request(wanted, read);
		};
		await getAllInfo(api, ids(500), 2);
		expect(most).toBe(2);
	});
});
