/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { setTimeout as pause } from 'node:timers/promises';

import { startSandbox, type Sandbox } from '../../sandbox';
import type { Postback } from '../../sandbox/postbacks';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import {
	type Batch,
	batchOf,
	Executions,
	Killer,
	post,
	randomOf,
	STARTING,
	tableOf,
} from './chaos';
import { node, startN8n, type N8n } from './instance';
import type { Run } from './run';
import { until } from './until';
import { chain, ITEMS, startNodes } from './workflow';

/** 1 is what `npm run test:chaos` does, and takes eight minutes. */
const SIZE = Number(process.env.CHAOS_SIZE ?? 0.1);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const many = (whole: number) => Math.max(1, Math.round(whole * SIZE));
const PER_EXECUTION = SIZE < 1 ? 25 : 50;
/** Milliseconds within which callers post. */
const LASTS = SIZE < 1 ? 10_000 : 150_000;
const PATIENCE = 1_200_000;
const WORKERS = ['worker', 'worker 2'];

/** A process is taken for dead after seconds instead of a minute, and what hangs is found as soon. */
const SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.1',
	DB_POSTGRESDB_POOL_SIZE: '10',
	DB_PING_TIMEOUT_MS: '60000',
};

const numbers = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);
/** Each number is texted by one workflow. */
const PEOPLE = {
	cdyne: numbers('1757556', many(1_000)),
	namirial: numbers('39333556', many(1_000)),
	wooxy: numbers('3725556', many(250)),
	skycore: numbers('1757557', many(250)),
	waits: numbers('1757558', many(100)),
};
type Group = keyof typeof PEOPLE;
const GROUPS = Object.keys(PEOPLE) as Group[];

const text = { resource: 'message', operation: 'send', to: '={{ $json.to }}', message: 'Hello' };
const continues = { onError: 'continueRegularOutput' };
const limit = { limitType: 'afterTimeInterval', resumeAmount: 0.4, resumeUnit: 'minutes' };
const SENDS = {
	cdyne: () => node('Send', 'cdyne', { ...text, statusUpdates: 'trigger' }),
	namirial: (again: boolean) =>
		node('Send', 'namirialSms', {
			...text,
			options: {
				referenceService: 'ECOMMERCE',
				referenceKey: '={{ $json.key }}',
				skipIfReferenceExists: again,
			},
		}),
	wooxy: () =>
		node(
			'Send',
			'wooxy',
			{ ...text, domain: 'shop.example', options: { notOnRetry: true } },
			continues,
		),
	skycore: () => node('Send', 'skycore', { ...text, resource: 'sms', from: '60856' }),
	waits: (again: boolean) =>
		node('Send', 'cdyne', {
			...text,
			operation: 'sendAndWaitForDelivery',
			options: {
				limitWaitTime: { values: limit },
				referenceId: '={{ $json.key }}',
				skipIfReferenceExists: again,
			},
		}),
};
const WITH_OWN_REFERENCES: Group[] = ['namirial', 'waits'];
const REPORTS = 'Reports';

describe('Processes that die while they send', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let killer: Killer;
	const executions = {} as Record<Group, Executions>;
	/** Those of the workflow that sends what has no reference there yet. */
	const again: Partial<Record<Group, Executions>> = {};
	/** People whose execution n8n has kept nothing of. */
	const givenUp = {} as Record<Group, string[]>;
	const runs = {} as Record<Group, Run[]>;
	const figures: Array<[string, string | number]> = [];
	let unsure: Batch[] = [];
	/** Postbacks that are in no execution. */
	let missing: Postback[] = [];
	/** What a look-up says of the messages of those. */
	let found: Array<{ found: boolean }> = [];
	let registered: unknown[] = [];

	beforeAll(async () => {
		const random = randomOf(SEED);
		sandbox = await startSandbox({ port: 0, pace: { sent: 300, carrier: 300, delivered: 300 } });
		// a send takes its time, so that a process dies in the middle of some
		for (const provider of ['cdyne', 'namirial', 'wooxy', 'skycore']) {
			sandbox.faults.add({ kind: 'delay', provider, ms: 200, when: 'after', times: 'always' });
		}
		for (const to of PEOPLE.cdyne) sandbox.numbers.set(to, 'noReceipt');
		n8n = await startN8n({ mode: 'queue', workers: WORKERS.length, sandbox, env: SOON });
		for (const group of GROUPS) {
			executions[group] = new Executions(n8n, await n8n.publish(workflowOf(group)));
		}
		const batches = shuffled(GROUPS.flatMap(batchesOf), random);

		killer = new Killer(n8n, [...WORKERS, 'webhook'], randomOf(SEED + 1));
		killer.start();
		const begun = Date.now();
		const callers = batches.map((batch) => ({ batch, after: random() * LASTS }));
		await Promise.all(
			callers.map(async ({ batch, after }) => {
				await pause(after);
				await begin(batch);
			}),
		);
		// whoever is at it then is certain to leave something behind
		await until(isSending, 10_000).catch(() => undefined);
		await killer.rest(WORKERS);
		figures.push(['seed', SEED]);
		figures.push(['batches', batches.length]);
		figures.push(['killed', `${killer.killed.length} in ${seconds(begun)} s: ${killed()}`]);

		await settled();
		figures.push(['executions', await statuses()]);
		const retrying = Date.now();
		await retryAll();
		await postAgain();
		await retryAll();
		await waitsOver();
		await beginAgain(batches);
		await waitsOver();
		await reported();
		figures.push(['Retry pressed', `${sum((one) => one.retries)} times in ${seconds(retrying)} s`]);
		for (const { refused } of Object.values(executions)) {
			for (const words of refused.values()) figures.push(['Retry refused', words]);
		}
		for (const group of GROUPS) {
			runs[group] = await executions[group].runs();
			runs[group].push(...((await again[group]?.runs()) ?? []));
		}
		figures.push(['executions after it', await statuses()]);

		missing = missingPostbacks();
		found = await lookUp(missing);
		registered = await registrations();
		figures.push(['postbacks', describePostbacks()]);
		figures.push(['Wooxy registrations', registered.length]);
		for (const group of GROUPS) figures.push([group, describeGroup(group)]);
		process.stdout.write(`\n${tableOf(figures)}\n`);
	}, PATIENCE);
	afterAll(async () => {
		await killer?.rest();
		await n8n?.stop();
		await sandbox?.close();
	});

	const isSending = () =>
		Object.values(sandbox.requests.summary().inFlight).some(({ now }) => now > 0);
	const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);
	const sum = (of: (one: Executions) => number) =>
		Object.values(executions).reduce((total, one) => total + of(one), 0);
	const killed = () =>
		[...new Set(killer.killed)]
			.map((name) => `${name} ${killer.killed.filter((one) => one === name).length}`)
			.join(', ');

	function workflowOf(group: Group, again = false) {
		const send = SENDS[group](again);
		const nodes = [...startNodes([send]), send];
		if (group === 'cdyne') {
			nodes.push(node(REPORTS, 'cdyneTrigger', { events: ['message.status'] }));
		}
		if (group === 'wooxy') {
			const domain = { domain: 'shop.example', events: ['link.clicked'] };
			nodes.push(node(REPORTS, 'wooxyTrigger', domain));
		}
		return chain(nodes);
	}

	function batchesOf(group: Group): Batch[] {
		const size = group === 'waits' ? 1 : PER_EXECUTION;
		const people = PEOPLE[group].map((to) => ({ to, key: `chaos-${to}` }));
		const { live } = executions[group];
		return Array.from({ length: Math.ceil(people.length / size) }, (_, index) =>
			batchOf(live, people.slice(index * size, (index + 1) * size)),
		);
	}

	/** As a caller does: again while nobody listens, and otherwise it remembers what it cannot tell. */
	async function begin(batch: Batch) {
		let answer = await post(batch);
		await until(async () => answer !== 'not' || (answer = await post(batch)) !== 'not', PATIENCE);
		if (answer === 'unsure') unsure.push(batch);
	}

	async function settled() {
		for (const group of GROUPS) await executions[group].settled(PATIENCE);
	}

	async function waitsOver() {
		await until(async () => {
			const all = await Promise.all(
				[executions.waits, again.waits].map((one) => one?.list() ?? []),
			);
			return all.flat().every(({ status }) => status !== 'waiting' && status !== 'running');
		}, PATIENCE);
	}

	async function retryAll() {
		for (let open = 1, round = 0; open > 0 && round < 10; round++) {
			await settled();
			open = 0;
			for (const group of GROUPS) open += await executions[group].retryFailed();
		}
	}

	/**
	 * What n8n has kept nothing of begins again where a reference that the caller gave keeps it from
	 * being sent twice; of the rest only the provider knows.
	 */
	async function beginAgain(batches: Batch[]) {
		let count = 0;
		for (const group of GROUPS) {
			const own = batches.filter(({ live }) => live === executions[group].live);
			const open = await executions[group].givenUp(own);
			givenUp[group] = open.flatMap(({ items }) => items.map(({ to }) => to));
			count += open.length;
			if (open.length === 0 || !WITH_OWN_REFERENCES.includes(group)) continue;
			again[group] = new Executions(n8n, await n8n.publish(workflowOf(group, true)));
			for (const batch of open) {
				const anew = { ...batch, live: again[group].live };
				await until(async () => (await post(anew)) === 'started');
			}
			await again[group].settled(PATIENCE);
		}
		figures.push(['n8n has kept nothing of', `${count} batches`]);
	}

	/** Waits until all that CDYNE has posted is worked off. */
	async function reported() {
		const posted = () => sandbox.postbacks.list().every(({ attempts }) => attempts.length > 0);
		await until(posted, PATIENCE);
		await settled();
	}

	/**
	 * What a caller cannot tell it looks up in n8n, and posts what is not there. It may have been there:
	 * n8n loses what a job that it gave up had held. So it takes references of one's own to post again.
	 */
	async function postAgain() {
		const of = { asked: unsure.length, posted: 0 };
		const safe = WITH_OWN_REFERENCES.map((group) => executions[group].live);
		for (const batch of unsure.filter(({ live }) => safe.includes(live))) {
			const all = await new Executions(n8n, batch.live).runs();
			if (all.some((run) => JSON.stringify(run.execution.data).includes(batch.mark))) continue;
			of.posted++;
			await until(async () => (await post(batch)) === 'started');
		}
		unsure = [];
		figures.push(['callers could not tell', `${of.asked}, posted again: ${of.posted}`]);
	}

	async function statuses() {
		const counts: Record<string, number> = {};
		for (const group of GROUPS) {
			for (const { status } of await executions[group].list()) {
				counts[status] = (counts[status] ?? 0) + 1;
			}
		}
		return Object.entries(counts)
			.map(([status, count]) => `${count} ${status}`)
			.join(', ');
	}

	async function registrations(): Promise<unknown[]> {
		const response = await fetch(`${sandbox.url}/wooxy/v3/webhook/list`, {
			method: 'POST',
			headers: { 'Access-Token': GOOD_TOKEN, 'Content-Type': 'application/json' },
			body: '{}',
		});
		return ((await response.json()) as { data?: unknown[] }).data ?? [];
	}

	const sentTo = (handset: string) => sandbox.messages.list({ direction: 'out', handset });
	const messagesOf = (group: Group) => PEOPLE[group].flatMap(sentTo);
	const twice = (group: Group) => PEOPLE[group].filter((to) => sentTo(to).length > 1);
	const nobody = (group: Group) => PEOPLE[group].filter((to) => sentTo(to).length === 0);
	const finished = (group: Group) => runs[group].filter(({ status }) => status === 'success');
	const outOf = (group: Group) =>
		finished(group).flatMap((run) => [0, 1, 2].flatMap((output) => run.json('Send', output)));
	/** The messages that no finished execution names, neither one that sends nor a report. */
	const untold = (group: Group) => {
		const reports = finished(group).flatMap((run) => run.json(REPORTS));
		const told = new Set([...outOf(group), ...reports].map(({ messageId }) => messageId));
		return messagesOf(group).filter(({ id }) => !told.has(id));
	};

	const trigger = () => executions.cdyne.live.address(REPORTS);
	const postbacks = () =>
		sandbox.postbacks.list({ provider: 'cdyne' }).filter(({ url }) => url.startsWith(trigger()));
	const taken = ({ attempts }: Postback) => attempts.some(({ status }) => status === 200);
	const swallowed = ({ attempts }: Postback) =>
		attempts.some(({ body }) => body.startsWith(STARTING));

	function missingPostbacks(): Postback[] {
		const reports = runs.cdyne.filter((run) => run.begins(REPORTS));
		const all = reports.map(({ execution }) => JSON.stringify(execution.data)).join();
		return postbacks().filter(({ messageId }) => !all.includes(String(messageId)));
	}

	async function lookUp(ones: Postback[]) {
		if (ones.length === 0) return [];
		const parameters = { ...text, operation: 'getStatus', messageId: '={{ $json.messageId }}' };
		const run = await n8n.run([node('Look', 'cdyne', parameters)], ones);
		return run.json('Look') as Array<{ found: boolean }>;
	}

	function describePostbacks() {
		const lost = missing.filter(taken);
		return [
			`${postbacks().length} sent`,
			`${postbacks().filter((one) => !taken(one)).length} not taken`,
			`${lost.length} taken and lost (${lost.filter(swallowed).length} while n8n started)`,
			`${found.filter((one) => one.found).length} of ${missing.length} found by a look-up`,
		].join(', ');
	}

	/** Whose item of a finished execution is an error of such a kind. */
	const withError = (group: Group, isMeant: (kind: string) => boolean) =>
		new Set(
			finished(group).flatMap((run) => {
				const people = run.json(ITEMS);
				return run
					.items('Send')
					.flatMap(({ json }, index) =>
						json.details && isMeant(json.details.kind) ? String(people[index].to) : [],
					);
			}),
		);
	/** That the message may be out. */
	const said = (group: Group) => withError(group, (kind) => kind === 'ambiguous');
	/** Whatever it says, as that Wooxy was asked by too many at once. */
	const refused = (group: Group) => withError(group, () => true);

	/** For whoever reads that somebody was forgotten: what each execution holds of them. */
	const traceOf = (group: Group, to: string) =>
		runs[group].flatMap((run) => {
			const at = run.json(ITEMS).findIndex((item) => item.to === to);
			if (at < 0) return [];
			const sends = JSON.stringify(run.items('Send')[at]) ?? run.error?.message;
			return [`${to}: execution ${run.id}, ${run.status}: ${sends}`];
		});

	/** The people of a retry that says that they may have been texted again. */
	const hinted = (group: Group) => {
		const retries = finished(group).filter((run) =>
			run.hints('Send').some((hint) => hint.includes('may have been texted again')),
		);
		return new Set(retries.flatMap((run) => run.json(ITEMS).map(({ to }) => String(to))));
	};

	const describeGroup = (group: Group) =>
		[
			`${PEOPLE[group].length} people`,
			`${messagesOf(group).length} messages`,
			`${twice(group).length} twice`,
			`${nobody(group).length} without`,
			`${untold(group).length} untold`,
			`${said(group).size} said to be unsure`,
			`${hinted(group).size} warned of`,
			`${givenUp[group].length} given up`,
		].join(', ');

	it('nobody is texted twice whose text has a reference', () => {
		expect(twice('cdyne')).toEqual([]);
		expect(twice('namirial')).toEqual([]);
		expect(twice('waits')).toEqual([]);
	});

	it('nobody is texted twice with Send Only in the First Run', () => {
		expect(twice('wooxy')).toEqual([]);
	});

	it('whom a retry may have texted again, it says so', () => {
		expect(twice('skycore').filter((to) => !hinted('skycore').has(to))).toEqual([]);
	});

	it('everybody has a text, an error that says why not, or an execution that n8n gave up', () => {
		const left = GROUPS.flatMap((group) =>
			nobody(group)
				.filter((to) => !refused(group).has(to) && !givenUp[group].includes(to))
				.flatMap((to) => [to, ...traceOf(group, to)]),
		);
		expect(left).toEqual([]);
		expect([...nobody('namirial'), ...nobody('waits')]).toEqual([]);
	});

	it('every message is in a finished execution, a report, a word of warning, or one that n8n gave up', () => {
		const left = GROUPS.flatMap((group) => {
			const named = new Set([...said(group), ...hinted(group), ...givenUp[group]]);
			return untold(group).filter(({ handset }) => !named.has(handset));
		});
		expect(left).toEqual([]);
		expect([...untold('namirial'), ...untold('waits')]).toEqual([]);
	});

	it('every wait goes on', () => {
		const over = new Set(outOf('waits').map(({ to }) => to));
		expect(PEOPLE.waits.filter((to) => !over.has(to))).toEqual([]);
	});

	it('a look-up finds the message of every postback that is in no execution', () => {
		expect(postbacks()).toHaveLength(messagesOf('cdyne').length);
		expect(found.map((one) => one.found)).toEqual(missing.map(() => true));
	});

	it('the trigger of Wooxy is registered once', () => {
		expect(registered).toHaveLength(1);
	});
});

function shuffled<T>(all: T[], random: () => number): T[] {
	return all
		.map((one) => [random(), one] as const)
		.sort(([a], [b]) => a - b)
		.map(([, one]) => one);
}
