import { call, throwUnexpected } from '../../../nodes/Wooxy/api/request';
import { thrownBy } from '../../engine/harness/canned';
import { requestOf, responding } from './wooxy';

/** A call of a method of Wooxy. */

describe('a call', () => {
	it('is repeatable by default, and passes on the envelope', async () => {
		const { api, requests } = responding({ result: true, a: 1 });
		expect(await call(api, 'a/b', { c: 2 }, (envelope) => [envelope])).toEqual([
			{ result: true, a: 1 },
		]);
		expect(requests).toEqual([requestOf('a/b', { c: 2 })]);
	});

	it('may be a send with its own message for a lost response', async () => {
		const { api, requests } = responding({ result: true });
		const options = { kind: 'send', ambiguity: { message: 'm', description: 'd' } } as const;
		await call(api, 'a/b', {}, () => undefined, options);
		expect(requests).toEqual([requestOf('a/b', {}, options)]);
	});

	it('is sent when the limit of the account allows it', async () => {
		const { api, requests } = responding({ result: true });
		let open: () => void = () => undefined;
		const gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		const limit = (async (work: () => unknown) => {
			await gate;
			return await work();
		}) as unknown as typeof api.limit;
		const done = call({ ...api, limit }, 'a/b', {}, ({ result }) => result);
		await Promise.resolve();
		expect(requests).toEqual([]);
		open();
		expect(await done).toBe(true);
	});
});

describe('an unexpected value', () => {
	it.each([
		[{ a: 1 }, '{"a":1}'],
		[undefined, 'nothing'],
	])('is quoted: %j', async (value, excerpt) => {
		expect(await thrownBy(() => throwUnexpected('a thing', value))).toEqual({
			kind: 'malformed',
			message: `Expected a thing from Wooxy, got ${excerpt}`,
			description: 'Check the Base URL in the credential, and any proxy in between.',
		});
	});
});
