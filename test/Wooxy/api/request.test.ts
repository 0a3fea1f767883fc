import { call, odd } from '../../../nodes/Wooxy/api/request';
import { CAME } from '../../../nodes/shared/errors';
import { refusal } from '../../shared/canned';
import { answering, requestOf } from './wooxy';

/** One call of Wooxy. */

describe('a call', () => {
	it('is repeatable unless told otherwise, and hands the envelope on', async () => {
		const { api, requests } = answering({ result: true, a: 1 });
		expect(await call(api, 'a/b', { c: 2 }, (envelope) => [envelope])).toEqual([
			{ result: true, a: 1 },
		]);
		expect(requests).toEqual([requestOf('a/b', { c: 2 })]);
	});

	it('may be a send with words for a lost answer', async () => {
		const { api, requests } = answering({ result: true });
		const how = { kind: 'send', ambiguity: { message: 'm', description: 'd' } } as const;
		await call(api, 'a/b', {}, () => undefined, how);
		expect(requests).toEqual([requestOf('a/b', {}, how)]);
	});

	it('goes out when the limit of the account lets it', async () => {
		const { api, requests } = answering({ result: true });
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

describe('an odd value', () => {
	it.each([
		[{ a: 1 }, '{"a":1}'],
		[undefined, 'nothing'],
	])('%j is shown', async (value, came) => {
		expect(await refusal(() => odd('a thing', value))).toEqual({
			kind: 'malformed',
			message: `Expected a thing of Wooxy, got ${CAME}`,
			came: [came],
			description: 'Check the Base URL in the credential, and any proxy in between.',
		});
	});
});
