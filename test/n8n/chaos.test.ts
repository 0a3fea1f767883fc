/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { setTimeout as pause } from 'node:timers/promises';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import type { Postback } from '../../sandbox/postbacks';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { until } from '../engine/harness/until';
import { batchOf, Executions, Killer, post, randomOf, STARTING, tableOf } from './chaos';
import type { Batch } from './chaos';
import { node, startN8n } from './instance';
import type { N8n } from './instance';
import type { Run } from './run';
import { chain, ITEMS, startNodes } from './workflow';

/** `npm run test:chaos` uses 1, which takes eight minutes. */
const SIZE = Number(process.env.CHAOS_SIZE ?? 0.1);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const scaled = (whole: number) => Math.max(1, Math.round(whole * SIZE));
const PER_EXECUTION = SIZE < 1 ? 25 : 50;
/** Milliseconds during which callers post. */
const POSTING_MS = SIZE < 1 ? 10_000 : 150_000;
const TIMEOUT_MS = 1_200_000;
const WORKERS = ['worker', 'worker 2'];

/** n8n detects dead processes and stalled executions within seconds instead of a minute. */
const FAST_RECOVERY = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '4000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '0.1',
	DB_POSTGRESDB_POOL_SIZE: '10',
	DB_PING_TIMEOUT_MS: '60000',
};

const numbers = (prefix: string, count: number) =>
	Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(4, '0')}`);
/** Each number is texted by only one workflow. */
const PEOPLE = {
	cdyne: numbers('1757556', scaled(1_000)),
	namirial: numbers('39333556', scaled(1_000)),
	wooxy: numbers('3725556', scaled(250)),
	skycore: numbers('1757557', scaled(250)),
	waits: numbers('1757558', scaled(100)),
};
type Group = keyof typeof PEOPLE;
const GROUPS = Object.keys(PEOPLE) as Group[];

const text = { resource: 'message', operation: 'send', to: '={{ $json.to }}', message: 'Hello' };
const continueOnFail = { onError: 'continueRegularOutput' };
const limit = { limitType: 'afterTimeInterval', resumeAmount: 0.4, resumeUnit: 'minutes' };
const SENDS = {
	cdyne: () => node('Send', 'cdyne', { ...text, statusUpdates: 'trigger' }),
	namirial: (isRepetition: boolean) =>
		node('Send', 'namirialSms', {
			...text,
			options: {
				referenceService: 'ECOMMERCE',
				referenceKey: '={{ $json.key }}',
				skipIfReferenceExists: isRepetition,
			},
		}),
	wooxy: () =>
		node(
			'Send',
			'wooxy',
			{ ...text, domain: 'shop.example', options: { notOnRetry: true } },
			continueOnFail,
		),
	skycore: () => node('Send', 'skycore', { ...text, resource: 'sms', from: '60856' }),
	waits: (isRepetition: boolean) =>
		node('Send', 'cdyne', {
			...text,
			operation: 'sendAndWaitForDelivery',
			options: {
				limitWaitTime: { values: limit },
				referenceId: '={{ $json.key }}',
				skipIfReferenceExists: isRepetition,
			},
		}),
};
const WITH_USER_REFERENCES: Group[] = ['namirial', 'waits'];
const REPORTS = 'Reports';

describe('Processes that crash while they send', () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	let killer: Killer;
	const executions = {} as Record<Group, Executions>;
	/** The executions of the workflows that repeat only what has no reference at the provider yet. */
	const repetitions: Partial<Record<Group, Executions>> = {};
	/** People of whose execution n8n has stored nothing. */
	const lost = {} as Record<Group, string[]>;
	const runs = {} as Record<Group, Run[]>;
	const figures: Array<[string, string | number]> = [];
	let uncertain: Batch[] = [];
	/** Postbacks that are not in any execution. */
	let missing: Postback[] = [];
	/** The results of looking up the messages of these postbacks. */
	let found: Array<{ found: boolean }> = [];
	let registered: unknown[] = [];

	beforeAll(async () => {
		const random = randomOf(SEED);
		sandbox = await startSandbox({ port: 0, pace: { sent: 300, carrier: 300, delivered: 300 } });
		// slow sends, so that processes crash in the middle of some
		for (const provider of ['cdyne', 'namirial', 'wooxy', 'skycore']) {
			sandbox.faults.add({ kind: 'delay', provider, ms: 200, when: 'after', times: 'always' });
		}
		for (const to of PEOPLE.cdyne) sandbox.numbers.set(to, 'noReceipt');
		n8n = await startN8n({ mode: 'queue', workers: WORKERS.length, sandbox, env: FAST_RECOVERY });
		for (const group of GROUPS) {
			executions[group] = new Executions(n8n, await n8n.publish(workflowOf(group)));
		}
		const batches = shuffled(GROUPS.flatMap(batchesOf), random);

		killer = new Killer(n8n, [...WORKERS, 'webhook'], randomOf(SEED + 1));
		killer.start();
		const startTime = Date.now();
		const callers = batches.map((batch) => ({ batch, after: random() * POSTING_MS }));
		await Promise.all(
			callers.map(async ({ batch, after }) => {
				await pause(after);
				await start(batch);
			}),
		);
		// the last kills hit processes that are sending
		await until(isSending, 10_000).catch(() => undefined);
		await killer.rest(WORKERS);
		figures.push(['seed', SEED]);
		figures.push(['batches', batches.length]);
		figures.push(['killed', `${killer.killed.length} in ${seconds(startTime)} s: ${killed()}`]);

		await untilEnded();
		figures.push(['executions', await statuses()]);
		const retryTime = Date.now();
		await retryAll();
		await postUncertainAgain();
		await retryAll();
		await untilWaitsEnded();
		await repeatLost(batches);
		await untilWaitsEnded();
		await untilReported();
		figures.push([
			'Retry pressed',
			`${sum(({ retries }) => retries)} times in ${seconds(retryTime)} s`,
		]);
		for (const { notRetried } of Object.values(executions)) {
			for (const message of notRetried.values()) figures.push(['Retry rejected', message]);
		}
		for (const group of GROUPS) {
			runs[group] = await executions[group].runs();
			runs[group].push(...((await repetitions[group]?.runs()) ?? []));
		}
		figures.push(['executions afterwards', await statuses()]);

		missing = missingPostbacks();
		found = await lookUp(missing);
		registered = await registrations();
		figures.push(['postbacks', describePostbacks()]);
		figures.push(['Wooxy registrations', registered.length]);
		for (const group of GROUPS) figures.push([group, describeGroup(group)]);
		process.stdout.write(`\n${tableOf(figures)}\n`);
	}, TIMEOUT_MS);
	afterAll(async () => {
		await killer?.rest();
		await n8n?.stop();
		await sandbox?.close();
	});

	const isSending = () =>
		Object.values(sandbox.requests.summary().inFlight).some(({ now }) => now > 0);
	const seconds = (since: number) => Math.round((Date.now() - since) / 1_000);
	const sum = (valueOf: (entry: Executions) => number) =>
		Object.values(executions).reduce((total, entry) => total + valueOf(entry), 0);
	const killed = () =>
		[...new Set(killer.killed)]
			.map((name) => `${name} ${killer.killed.filter((killedName) => killedName === name).length}`)
			.join(', ');

	function workflowOf(group: Group, isRepetition = false) {
		const send = SENDS[group](isRepetition);
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

	/** Posts like a caller: repeats while n8n is not ready, and remembers batches of unknown outcome. */
	async function start(batch: Batch) {
		let result = await post(batch);
		await until(
			async () => result !== 'notStarted' || (result = await post(batch)) !== 'notStarted',
			TIMEOUT_MS,
		);
		if (result === 'uncertain') uncertain.push(batch);
	}

	async function untilEnded() {
		for (const group of GROUPS) await executions[group].untilEnded(TIMEOUT_MS);
	}

	async function untilWaitsEnded() {
		await until(async () => {
			const all = await Promise.all(
				[executions.waits, repetitions.waits].map((entry) => entry?.list() ?? []),
			);
			return all.flat().every(({ status }) => status !== 'waiting' && status !== 'running');
		}, TIMEOUT_MS);
	}

	async function retryAll() {
		for (let failed = 1, round = 0; failed > 0 && round < 10; round++) {
			await untilEnded();
			failed = 0;
			for (const group of GROUPS) failed += await executions[group].retryFailed();
		}
	}

	/**
	 * Repeats batches of which n8n has stored nothing, if a reference of the caller prevents that they
	 * are sent twice. Only the provider knows about the others.
	 */
	async function repeatLost(batches: Batch[]) {
		let count = 0;
		for (const group of GROUPS) {
			const ofGroup = batches.filter(({ live }) => live === executions[group].live);
			const lostBatches = await executions[group].lostOf(ofGroup);
			lost[group] = lostBatches.flatMap(({ items }) => items.map(({ to }) => to));
			count += lostBatches.length;
			if (lostBatches.length === 0 || !WITH_USER_REFERENCES.includes(group)) continue;
			repetitions[group] = new Executions(n8n, await n8n.publish(workflowOf(group, true)));
			for (const batch of lostBatches) {
				const repetition = { ...batch, live: repetitions[group].live };
				await until(async () => (await post(repetition)) === 'started');
			}
			await repetitions[group].untilEnded(TIMEOUT_MS);
		}
		figures.push(['n8n has stored nothing of', `${count} batches`]);
	}

	/** Waits until all postbacks of CDYNE are processed. */
	async function untilReported() {
		const posted = () => sandbox.postbacks.list().every(({ attempts }) => attempts.length > 0);
		await until(posted, TIMEOUT_MS);
		await untilEnded();
	}

	/**
	 * Looks up batches of unknown outcome in n8n, and posts those that are missing. n8n may have started
	 * and then lost them, so only batches with references of the caller are posted again.
	 */
	async function postUncertainAgain() {
		const counts = { uncertain: uncertain.length, posted: 0 };
		const safe = WITH_USER_REFERENCES.map((group) => executions[group].live);
		for (const batch of uncertain.filter(({ live }) => safe.includes(live))) {
			const all = await new Executions(n8n, batch.live).runs();
			if (all.some((run) => JSON.stringify(run.execution.data).includes(batch.mark))) continue;
			counts.posted++;
			await until(async () => (await post(batch)) === 'started');
		}
		uncertain = [];
		figures.push(['unknown to callers', `${counts.uncertain}, posted again: ${counts.posted}`]);
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
	const withoutMessage = (group: Group) => PEOPLE[group].filter((to) => sentTo(to).length === 0);
	const finished = (group: Group) => runs[group].filter(({ status }) => status === 'success');
	const outputsOf = (group: Group) =>
		finished(group).flatMap((run) => [0, 1, 2].flatMap((output) => run.json('Send', output)));
	/** The messages that no finished execution contains, neither one that sends nor a report. */
	const unreported = (group: Group) => {
		const reports = finished(group).flatMap((run) => run.json(REPORTS));
		const reported = new Set([...outputsOf(group), ...reports].map(({ messageId }) => messageId));
		return messagesOf(group).filter(({ id }) => !reported.has(id));
	};

	const trigger = () => executions.cdyne.live.address(REPORTS);
	const postbacks = () =>
		sandbox.postbacks.list({ provider: 'cdyne' }).filter(({ url }) => url.startsWith(trigger()));
	const isAcknowledged = ({ attempts }: Postback) => attempts.some(({ status }) => status === 200);
	const isFromStartUp = ({ attempts }: Postback) =>
		attempts.some(({ body }) => body.startsWith(STARTING));

	function missingPostbacks(): Postback[] {
		const reports = runs.cdyne.filter((run) => run.startsWith(REPORTS));
		const all = reports.map(({ execution }) => JSON.stringify(execution.data)).join();
		return postbacks().filter(({ messageId }) => !all.includes(String(messageId)));
	}

	async function lookUp(postbacksToFind: Postback[]) {
		if (postbacksToFind.length === 0) return [];
		const parameters = { ...text, operation: 'getStatus', messageId: '={{ $json.messageId }}' };
		const run = await n8n.run([node('Status', 'cdyne', parameters)], postbacksToFind);
		return run.json('Status') as Array<{ found: boolean }>;
	}

	function describePostbacks() {
		const acknowledged = missing.filter(isAcknowledged);
		return [
			`${postbacks().length} sent`,
			`${postbacks().filter((postback) => !isAcknowledged(postback)).length} not acknowledged`,
			`${acknowledged.length} acknowledged and lost (${acknowledged.filter(isFromStartUp).length} while n8n started)`,
			`${found.filter((result) => result.found).length} of ${missing.length} found by a look-up`,
		].join(', ');
	}

	/** The people whose item in a finished execution is an error of some kind. */
	const withError = (group: Group, matches: (kind: string) => boolean) =>
		new Set(
			finished(group).flatMap((run) => {
				const people = run.json(ITEMS);
				return run
					.items('Send')
					.flatMap(({ json }, index) =>
						json.details && matches(json.details.kind) ? String(people[index].to) : [],
					);
			}),
		);
	/** The error says that the message may have gone out. */
	const ambiguous = (group: Group) => withError(group, (kind) => kind === 'ambiguous');
	/** Any error, for example that too many requests of Wooxy were in flight. */
	const failed = (group: Group) => withError(group, () => true);

	/** What each execution contains about a person, for the message of a failed test. */
	const traceOf = (group: Group, to: string) =>
		runs[group].flatMap((run) => {
			const at = run.json(ITEMS).findIndex((item) => item.to === to);
			if (at < 0) return [];
			const sends = JSON.stringify(run.items('Send')[at]) ?? run.error?.message;
			return [`${to}: execution ${run.id}, ${run.status}: ${sends}`];
		});

	/** The handset of a number in an output, as the sandbox names it. */
	const handsetOf = (number: unknown) => String(number).replace('+', '');

	/** The people whose message in a retry says that it may have been sent before. */
	const warned = (group: Group) =>
		new Set(
			outputsOf(group)
				.filter(({ warning }) => String(warning).includes('may have been sent before'))
				.map(({ to }) => handsetOf(to)),
		);

	const describeGroup = (group: Group) =>
		[
			`${PEOPLE[group].length} people`,
			`${messagesOf(group).length} messages`,
			`${twice(group).length} twice`,
			`${withoutMessage(group).length} without`,
			`${unreported(group).length} unreported`,
			`${ambiguous(group).size} ambiguous`,
			`${warned(group).size} warned`,
			`${lost[group].length} lost`,
		].join(', ');

	it('nobody is texted twice if the message has a reference', () => {
		expect(twice('cdyne')).toEqual([]);
		expect(twice('namirial')).toEqual([]);
		expect(twice('waits')).toEqual([]);
	});

	it('nobody is texted twice with Send Only in the First Run', () => {
		expect(twice('wooxy')).toEqual([]);
	});

	it('a retry warns about everybody whom it may have texted again', () => {
		expect(twice('skycore').filter((to) => !warned('skycore').has(to))).toEqual([]);
	});

	it('everybody has a message, an error that says why not, or an execution that n8n lost', () => {
		const unexplained = GROUPS.flatMap((group) =>
			withoutMessage(group)
				.filter((to) => !failed(group).has(to) && !lost[group].includes(to))
				.flatMap((to) => [to, ...traceOf(group, to)]),
		);
		expect(unexplained).toEqual([]);
		expect([...withoutMessage('namirial'), ...withoutMessage('waits')]).toEqual([]);
	});

	it('every message is in a finished execution, a report, a warning, or an execution that n8n lost', () => {
		const unexplained = GROUPS.flatMap((group) => {
			const named = new Set([...ambiguous(group), ...warned(group), ...lost[group]]);
			return unreported(group).filter(({ handset }) => !named.has(handset));
		});
		expect(unexplained).toEqual([]);
		expect([...unreported('namirial'), ...unreported('waits')]).toEqual([]);
	});

	it('every wait ends', () => {
		const ended = new Set(outputsOf('waits').map(({ to }) => handsetOf(to)));
		expect(PEOPLE.waits.filter((to) => !ended.has(to))).toEqual([]);
	});

	it('a look-up finds the message of every postback that is not in any execution', () => {
		expect(postbacks()).toHaveLength(messagesOf('cdyne').length);
		expect(found.map((result) => result.found)).toEqual(missing.map(() => true));
	});

	it('the trigger of Wooxy is registered once', () => {
		expect(registered).toHaveLength(1);
	});
});

function shuffled<T>(values: T[], random: () => number): T[] {
	return values
		.map((value) => [random(), value] as const)
		.sort(([a], [b]) => a - b)
		.map(([, value]) => value);
}
