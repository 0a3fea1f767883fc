import { ReferenceLocks } from '../../../nodes/shared/sending/referenceLocks';

/** Coordination of the items of a run that use the same reference. */

async function flushPromises() {
	for (let count = 0; count < 20; count++) await Promise.resolve();
}

/** Steps that end when the test says so, with a log of what happened. */
function createSteps() {
	const log: string[] = [];
	const ends = new Map<string, { resolve(): void; reject(error: Error): void }>();
	const step = (name: string) => async () =>
		await new Promise<string>((resolve, reject) => {
			log.push(`${name} begins`);
			ends.set(name, {
				resolve: () => {
					log.push(`${name} ends`);
					resolve(name);
				},
				reject: (error) => {
					log.push(`${name} fails`);
					reject(error);
				},
			});
		});
	const end = async (name: string) => {
		ends.get(name)?.resolve();
		await flushPromises();
	};
	const fail = async (name: string) => {
		ends.get(name)?.reject(new Error(`${name} broke`));
		await flushPromises();
	};
	return { log, step, end, fail };
}

describe('steps of one reference', () => {
	it('run one after another, in parallel with those of another reference', async () => {
		const { log, step, end } = createSteps();
		const locks = new ReferenceLocks();
		const steps = [
			locks.exclusive('a', step('one')),
			locks.exclusive('a', step('two')),
			locks.exclusive('a', step('three')),
			locks.exclusive('b', step('other')),
		];
		await flushPromises();
		expect(log).toEqual(['one begins', 'other begins']);
		await end('one');
		expect(log.slice(2)).toEqual(['one ends', 'two begins']);
		await end('two');
		await end('three');
		await end('other');
		expect(log.slice(4)).toEqual(['two ends', 'three begins', 'three ends', 'other ends']);
		expect(await Promise.all(steps)).toEqual(['one', 'two', 'three', 'other']);
	});

	it('run after a failed step, whose error reaches its own caller only', async () => {
		const { log, step, end, fail } = createSteps();
		const locks = new ReferenceLocks();
		const one = locks.exclusive('a', step('one'));
		one.catch(() => {});
		const two = locks.exclusive('a', step('two'));
		await flushPromises();
		await fail('one');
		expect(log).toEqual(['one begins', 'one fails', 'two begins']);
		await end('two');
		await expect(one).rejects.toThrow('one broke');
		expect(await two).toBe('two');
	});
});

describe('waiting for sends in flight', () => {
	/** Whether waiting for the sends under these references is not over yet. */
	async function isWaiting(locks: ReferenceLocks, references: string[]) {
		let isOver = false;
		void locks.waitForInFlight(references).then(() => (isOver = true));
		await flushPromises();
		return !isOver;
	}

	it('waits for every send under its references and for no other', async () => {
		const { step, end } = createSteps();
		const locks = new ReferenceLocks();
		const sends = [
			locks.trackInFlight(['a', 'b', 'a'], step('one')),
			locks.trackInFlight(['a'], step('two')),
		];
		expect(await isWaiting(locks, ['a'])).toBe(true);
		expect(await isWaiting(locks, ['b'])).toBe(true);
		expect(await isWaiting(locks, ['c', 'b'])).toBe(true);
		expect(await isWaiting(locks, ['c'])).toBe(false);
		expect(await isWaiting(locks, [])).toBe(false);
		await end('one');
		expect(await isWaiting(locks, ['b'])).toBe(false);
		expect(await isWaiting(locks, ['a'])).toBe(true);
		await end('two');
		expect(await isWaiting(locks, ['a', 'b'])).toBe(false);
		expect(await Promise.all(sends)).toEqual(['one', 'two']);
	});

	it('ends when the send has failed', async () => {
		const { step, fail } = createSteps();
		const locks = new ReferenceLocks();
		const send = locks.trackInFlight(['a'], step('one'));
		send.catch(() => {});
		let isOver = false;
		void locks.waitForInFlight(['a']).then(() => (isOver = true));
		await flushPromises();
		expect(isOver).toBe(false);
		await fail('one');
		expect(isOver).toBe(true);
		await expect(send).rejects.toThrow('one broke');
	});

	it('leaves no entries of sends that have ended', async () => {
		const locks = new ReferenceLocks();
		const { inFlight } = locks as unknown as { inFlight: Map<string, unknown> };
		await locks.trackInFlight(['a', 'b'], async () => {
			await Promise.resolve();
			expect([...inFlight.keys()]).toEqual(['a', 'b']);
		});
		expect(inFlight.size).toBe(0);
	});

	it('waits for a send after another send under the same reference has ended', async () => {
		const { step, end } = createSteps();
		const locks = new ReferenceLocks();
		void locks.trackInFlight(['a'], step('one'));
		void locks.trackInFlight(['a'], step('two'));
		await flushPromises();
		await end('two');
		expect(await isWaiting(locks, ['a'])).toBe(true);
		await end('one');
		expect(await isWaiting(locks, ['a'])).toBe(false);
	});
});
