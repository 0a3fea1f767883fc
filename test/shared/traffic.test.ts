import { Traffic } from '../../nodes/shared/traffic';

/** What items of one run do to one another where they share a reference. */

/** A step that ends when the test says so, and what happened so far. */
function stage() {
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
	const turn = async () => {
		for (let count = 0; count < 20; count++) await Promise.resolve();
	};
	const end = async (name: string) => {
		ends.get(name)?.resolve();
		await turn();
	};
	const failIn = async (name: string) => {
		ends.get(name)?.reject(new Error(`${name} broke`));
		await turn();
	};
	return { log, step, turn, end, failIn };
}

describe('steps of one reference', () => {
	it('run one after the other, those of another one beside them', async () => {
		const { log, step, turn, end } = stage();
		const traffic = new Traffic();
		const steps = [
			traffic.exclusive('a', step('one')),
			traffic.exclusive('a', step('two')),
			traffic.exclusive('a', step('three')),
			traffic.exclusive('b', step('other')),
		];
		await turn();
		expect(log).toEqual(['one begins', 'other begins']);
		await end('one');
		expect(log.slice(2)).toEqual(['one ends', 'two begins']);
		await end('two');
		await end('three');
		await end('other');
		expect(log.slice(4)).toEqual(['two ends', 'three begins', 'three ends', 'other ends']);
		expect(await Promise.all(steps)).toEqual(['one', 'two', 'three', 'other']);
	});

	it('run also where the one before has failed, which is told to its own caller alone', async () => {
		const { log, step, turn, end, failIn } = stage();
		const traffic = new Traffic();
		const one = traffic.exclusive('a', step('one'));
		one.catch(() => {});
		const two = traffic.exclusive('a', step('two'));
		await turn();
		await failIn('one');
		expect(log).toEqual(['one begins', 'one fails', 'two begins']);
		await end('two');
		await expect(one).rejects.toThrow('one broke');
		expect(await two).toBe('two');
	});
});

describe('a look for what was sent', () => {
	/** Whether a look under these references waits at present. */
	async function waits(traffic: Traffic, references: string[], turn: () => Promise<void>) {
		let isOver = false;
		void traffic.settled(references).then(() => (isOver = true));
		await turn();
		return !isOver;
	}

	it('waits for every send under its references, and for no other', async () => {
		const { step, turn, end } = stage();
		const traffic = new Traffic();
		const sends = [
			traffic.sending(['a', 'b', 'a'], step('one')),
			traffic.sending(['a'], step('two')),
		];
		expect(await waits(traffic, ['a'], turn)).toBe(true);
		expect(await waits(traffic, ['b'], turn)).toBe(true);
		expect(await waits(traffic, ['c', 'b'], turn)).toBe(true);
		expect(await waits(traffic, ['c'], turn)).toBe(false);
		expect(await waits(traffic, [], turn)).toBe(false);
		await end('one');
		expect(await waits(traffic, ['b'], turn)).toBe(false);
		expect(await waits(traffic, ['a'], turn)).toBe(true);
		await end('two');
		expect(await waits(traffic, ['a', 'b'], turn)).toBe(false);
		expect(await Promise.all(sends)).toEqual(['one', 'two']);
	});

	it('goes on when the send has failed', async () => {
		const { step, turn, failIn } = stage();
		const traffic = new Traffic();
		const send = traffic.sending(['a'], step('one'));
		send.catch(() => {});
		let isOver = false;
		void traffic.settled(['a']).then(() => (isOver = true));
		await turn();
		expect(isOver).toBe(false);
		await failIn('one');
		expect(isOver).toBe(true);
		await expect(send).rejects.toThrow('one broke');
	});

	it('finds nothing kept of sends that are over', async () => {
		const traffic = new Traffic();
		const { underWay } = traffic as unknown as { underWay: Map<string, unknown> };
		await traffic.sending(['a', 'b'], async () => {
			await Promise.resolve();
			expect([...underWay.keys()]).toEqual(['a', 'b']);
		});
		expect(underWay.size).toBe(0);
	});

	it('finds one still under way beside one that is over', async () => {
		const { step, turn, end } = stage();
		const traffic = new Traffic();
		void traffic.sending(['a'], step('one'));
		void traffic.sending(['a'], step('two'));
		await turn();
		await end('two');
		expect(await waits(traffic, ['a'], turn)).toBe(true);
		await end('one');
		expect(await waits(traffic, ['a'], turn)).toBe(false);
	});
});

it('a message is taken by one item, one without an id by any', () => {
	const traffic = new Traffic();
	expect([traffic.claim('m1'), traffic.claim('m1'), traffic.claim('m2')]).toEqual([
		true,
		false,
		true,
	]);
	expect([traffic.claim(null), traffic.claim(null)]).toEqual([true, true]);
	expect([...traffic.claimed]).toEqual(['m1', 'm2']);
});
