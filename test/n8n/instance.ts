/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- test support, not a node */
/**
 * A real n8n for end-to-end tests, with the packed nodes in it.
 *
 *     const sandbox = await startSandbox({ port: 0 });
 *     const n8n = await startN8n({ sandbox });            // { mode: 'queue' } for the other mode
 *
 *     const send = node('Send', 'cdyne', {
 *       resource: 'message', operation: 'send', to: '={{ $json.to }}', message: 'Hello',
 *     });
 *     const run = await n8n.run([send], [{ to: '+17575550142' }]);
 *     run.status                                          // 'success'
 *     run.items('Send')                                   // [{ json, pairedItem }]
 *     run.error                                           // the error that stopped the execution
 *
 * The nodes are connected in order; a trigger starts a new chain. The items reach the first node
 * unchanged through a published webhook, so each run is a production execution. Nodes of this
 * package get the credential for the sandbox; `credentials` in the options of `node` overrides it
 * with the result of `n8n.credential(type, data)`.
 *
 * A trigger needs a workflow that stays published:
 *
 *     const live = await n8n.publish([node('Incoming', 'cdyneTrigger', { events: [...] })]);
 *     live.address('Incoming')                            // where the provider posts to
 *     const run = await live.next();                      // the next execution that has ended
 *     const other = await live.start([{ to }], 'waiting') // one that is suspended
 *     await live.unpublish();
 *
 * `await n8n.restart()` stops and starts it, `await n8n.traces('secret')` returns the places where n8n
 * stores a text, `await n8n.stop()` ends it and removes its files. Every n8n has a separate folder and
 * separate ports, so several can run at the same time. Its log is `n8n.logFile`.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { routesOutputs } from '../../nodes/shared/host/capabilities';
import { sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import { freePorts, isPinned, n8nVersion, startInstance } from '../../sandbox/n8n/instance.mjs';
import { installIntoN8n } from '../../sandbox/n8n/package.mjs';
import {
	signIn,
	webhookAddress,
	waitForWebhook,
	temporaryPassword,
} from '../../sandbox/n8n/rest.mjs';
import { copyDatabase, settingsFor, startCopiedPostgres } from './freshDatabase';
import { Run } from './run';
import type { Status } from './run';
import { startRedis } from './services';
import type { Database, Service } from './services';
import { chain, isTrigger, ITEMS, START, startNodes } from './workflow';
import type { NodeOfWorkflow, Workflow } from './workflow';

export { node } from './workflow';
export type { Run } from './run';

/** Whether this n8n passes on all outputs of a node after a wait, as it does from 2.39 on. */
export const HOST_ROUTES = routesOutputs({}, n8nVersion);

/** The modes that tests run in. In versions other than the pinned one, only cdyne.test.ts uses a queue. */
export const MODES = isPinned ? (['regular', 'queue'] as const) : (['regular'] as const);
export const QUEUE_AT_LEAST = isPinned ? MODES : (['queue'] as const);

const ENCRYPTION_KEY = 'only for tests, only on this machine';
const EXECUTION_IN_MS = 60_000;

export interface N8nOptions {
	/** `queue`: a main process, a worker and a webhook process over PostgreSQL and Redis. */
	mode?: 'regular' | 'queue';
	/** The number of workers in queue mode; 1 by default. */
	workers?: number;
	/** Flags of the workers. */
	workerFlags?: string[];
	/** Starts the services of queue mode, which are by default those of a test. */
	services?: () => Promise<Services>;
	/** The credentials for this sandbox are created, and the nodes use them. */
	sandbox?: { url: string };
	/** With the pages of the editor, which take a third of the time of a start. */
	editor?: boolean;
	/** Additional settings of n8n. */
	env?: Record<string, string>;
	/** The tarballs to install; by default the complete package. */
	packages?: string[];
	/** Changes the folder of installed community packages before n8n starts. */
	prepare?: (packages: string) => Promise<void>;
}

/** The services of queue mode, and the settings by which n8n finds them. */
export interface Services {
	postgres: Database;
	redis: Service;
	settings: Record<string, string>;
	/** The owner's password, if the database has an owner and all tables. */
	password?: string;
}

interface Planned {
	name: string;
	command: 'start' | 'worker' | 'webhook';
	/** The port of the process, and that of its task runner. */
	ports: [number, number];
}

type Process = Awaited<ReturnType<typeof startInstance>>;
type Session = Awaited<ReturnType<typeof signIn>>;
type Credential = Record<string, { id: string; name: string }>;

/** The processes of an n8n, with free ports. Without workers there is only the main process. */
async function planProcesses(workers: number): Promise<Planned[]> {
	const names: Array<[string, Planned['command']]> = [['main', 'start']];
	if (workers > 0) names.push(['webhook', 'webhook']);
	for (let count = 1; count <= workers; count++) {
		names.push([count === 1 ? 'worker' : `worker ${count}`, 'worker']);
	}
	const ports = await freePorts(2 * names.length);
	return names.map(([name, command], index) => ({
		name,
		command,
		ports: [ports[2 * index], ports[2 * index + 1]],
	}));
}

async function testServices(env: Record<string, string>): Promise<Services> {
	const [{ postgres, password }, redis] = await Promise.all([
		startCopiedPostgres(env),
		startRedis(),
	]);
	const settings = {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// n8n waits for an event at the end of a job, and misses it if the job ends before it listens;
		// every five seconds it also looks up the job, which must still be stored then
		N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '100',
		N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '100',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		...settingsFor(postgres.port),
	};
	return { postgres, redis, settings, password };
}

/** Starts an n8n. Takes about 8 s, in queue mode 15. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	const n8n = new N8n(options);
	try {
		await n8n.start();
	} catch (error) {
		await n8n.stop();
		throw error;
	}
	return n8n;
}

export class N8n {
	/** The URL of the main process, for the editor and REST. */
	url = '';
	/** The base URL of webhooks, for providers and callers. */
	webhookBase = '';
	/** A session of n8n's internal REST interface. */
	rest!: Session;
	/** `main`, and in queue mode `webhook` and `worker`, `worker 2` and so on. */
	processes = new Map<string, Process>();
	/** The owner's password. */
	password = temporaryPassword;
	/** The folder with all files of this n8n. */
	folder = '';
	logFile = '';

	/** The database in queue mode. */
	database?: Database;

	private services: Service[] = [];
	/** The database has all tables, so that all processes can start at the same time. */
	private isMigrated = false;
	private settings: Record<string, string> = {};
	/** The processes to start, in this order. */
	private plan: Planned[] = [];
	private credentials: Credential = {};
	private credentialTypes = new Map<string, string[]>();

	constructor(private readonly options: N8nOptions) {}

	async start() {
		const tarball = process.env.PACKAGE_TARBALL;
		if (!tarball) throw new Error('Run these tests with: npm run test:n8n');
		this.folder = await mkdtemp(join(tmpdir(), 'n8n-'));
		this.logFile = join(this.folder, 'logs', 'n8n.log');
		this.plan = await planProcesses(this.isQueue ? (this.options.workers ?? 1) : 0);
		for (const { name } of this.plan) {
			await installIntoN8n(this.options.packages ?? [tarball], this.folderOf(name));
			await this.options.prepare?.(join(this.folderOf(name), '.n8n/nodes/node_modules'));
		}
		this.settings = {
			...(!this.options.env?.N8N_ENCRYPTION_KEY_FILE && { N8N_ENCRYPTION_KEY: ENCRYPTION_KEY }),
			// n8n may miss the signal to publish or unpublish a workflow, and then polls; by default every 15 s
			N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
			...(!this.options.editor && { N8N_DISABLE_UI: 'true' }),
			...this.options.env,
		};
		if (this.isQueue) await this.startServices();
		else this.password = await copyDatabase(this.folder, this.settings);
		await this.startProcesses();
		this.rest = await signIn(this.url, this.password);
		if (this.options.sandbox) await this.loadCredentials(this.options.sandbox.url);
	}

	/** Stops all processes of this n8n and removes its folder. */
	async stop() {
		await this.stopProcesses('crash');
		await Promise.all(this.services.map(async (service) => await service.stop()));
		await rm(this.folder, { recursive: true, force: true });
	}

	/** Stops n8n, in an orderly way or like a crash, and starts it with the same data. */
	async restart(how: 'orderly' | 'crash' = 'orderly') {
		await this.stopProcesses(how);
		await this.startProcesses();
		this.rest = await signIn(this.url, this.password);
	}

	/** Kills a process immediately and starts it again. */
	async kill(name: string) {
		await this.processes.get(name)?.stop('crash');
		await this.startProcess(name);
	}

	/** Creates a credential for the `credentials` of `node`. */
	async credential(type: string, data: Record<string, unknown>): Promise<Credential> {
		const { id, name } = await this.rest.createCredential(type, `${type} ${randomUUID()}`, data);
		return { [type]: { id, name } };
	}

	/** Publishes a workflow of these nodes, runs it once with these items, and unpublishes it. */
	async run(
		nodes: NodeOfWorkflow[],
		items: object[] = [{}],
		until: 'ended' | 'waiting' = 'ended',
	): Promise<Run> {
		const live = await this.publish(nodes);
		try {
			return await live.start(items, until);
		} finally {
			await live.unpublish();
		}
	}

	/** Publishes a workflow, or nodes as a workflow, and waits until its webhooks respond. */
	async publish(nodes: NodeOfWorkflow[] | Workflow): Promise<Live> {
		const unpublished = Array.isArray(nodes) ? chain([...startNodes(nodes), ...nodes]) : nodes;
		const toSave = {
			...unpublished,
			// n8n stores no static data of workflows whose ID is longer than 21 characters
			id: unpublished.id ?? randomUUID().replaceAll('-', '').slice(0, 21),
			nodes: await Promise.all(
				unpublished.nodes.map(async (node) => await this.withCredentials(node)),
			),
		};
		// n8n 1 assigns another ID
		const { id } = await this.rest.saveWorkflow(toSave);
		const workflow = { ...toSave, id };
		await this.rest.publish(id);
		const live = new Live(this, workflow);
		await Promise.all(
			workflow.nodes.filter(isTrigger).map(async ({ name }) => {
				await waitForWebhook(live.address(name));
			}),
		);
		return live;
	}

	/** Follows the executions of a workflow that somebody else published. */
	follow(workflow: Workflow & { id: string }): Live {
		return new Live(this, workflow);
	}

	/** Waits until an execution has ended or, with `waiting`, is suspended. */
	async finished(executionId: string, until: 'ended' | 'waiting' = 'ended'): Promise<Run> {
		const deadline = Date.now() + EXECUTION_IN_MS;
		for (;;) {
			const run = new Run(await this.rest.execution(executionId));
			if (run.isOver || (until === 'waiting' && run.status === 'waiting')) return run;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${executionId} is still ${run.status}.\n${this.lastOutput()}`);
			}
			await pause(100);
		}
	}

	/**
	 * The names of all files of this n8n, including database and logs, that contain the text. n8n
	 * encrypts credentials, so a secret that is only in a credential is not found. Installed nodes are
	 * not searched.
	 */
	async traces(text: string): Promise<string[]> {
		const files = (await readdir(this.folder, { recursive: true }))
			.map((name) => join(this.folder, name))
			.filter((name) => !/node_modules|\.cache/.test(name));
		const found = await Promise.all(
			files.map(async (name) => {
				if (!(await stat(name)).isFile()) return false;
				return (await readFile(name)).includes(text);
			}),
		);
		const inServices = await Promise.all(
			this.services.map(async ({ name, contains }) => ((await contains(text)) ? [name] : [])),
		);
		return [...files.filter((_, index) => found[index]), ...inServices.flat()];
	}

	lastOutput() {
		return [...this.processes]
			.map(([name, { lastOutput }]) => `${name}: ${lastOutput()}`)
			.join('\n');
	}

	/** The first part of the path of its webhook URLs. */
	get endpoint() {
		return this.options.env?.N8N_ENDPOINT_WEBHOOK ?? 'webhook';
	}

	private get isQueue() {
		return this.options.mode === 'queue';
	}

	private async startServices() {
		const start = this.options.services ?? (async () => await testServices(this.settings));
		const { postgres, redis, settings, password } = await start();
		this.services = [postgres, redis];
		this.database = postgres;
		Object.assign(this.settings, settings);
		this.isMigrated = password !== undefined;
		if (password !== undefined) this.password = password;
	}

	private async startProcesses() {
		const urlOf = (processName: string) =>
			`http://127.0.0.1:${this.plan.find(({ name }) => name === processName)!.ports[0]}`;
		this.url = urlOf('main');
		this.webhookBase = this.isQueue ? urlOf('webhook') : this.url;
		const startMain = async () => {
			await this.startProcess('main');
			await this.untilRecovered();
		};
		if (!this.isMigrated) await startMain();
		const others = this.plan.filter(({ name }) => name !== 'main');
		await Promise.all([
			this.isMigrated && startMain(),
			...others.map(async ({ name }) => await this.startProcess(name)),
		]);
		this.isMigrated = true;
	}

	/**
	 * Waits for the last line that n8n prints after it has recovered unfinished executions. It responds
	 * to requests before that, but cannot resume waiting executions during the recovery.
	 */
	private async untilRecovered() {
		const deadline = Date.now() + EXECUTION_IN_MS;
		while (!this.lastOutput().includes('Editor is now accessible')) {
			if (Date.now() > deadline) throw new Error(`n8n does not get ready.\n${this.lastOutput()}`);
			await pause(50);
		}
	}

	/**
	 * Each process has a separate folder, as on separate machines: when a process starts, it treats
	 * executions that are unfinished in its folder's log as crashed.
	 */
	private folderOf(name: string) {
		return name === 'main' ? this.folder : join(this.folder, name.replace(' ', '-'));
	}

	private async startProcess(name: string) {
		const { webhookBase, settings, logFile } = this;
		const { command, ports } = this.plan.find((planned) => planned.name === name)!;
		await mkdir(dirname(logFile), { recursive: true });
		const started = await startInstance({
			userFolder: this.folderOf(name),
			port: ports[0],
			brokerPort: ports[1],
			command,
			flags: command === 'worker' ? this.options.workerFlags : [],
			webhookUrl: webhookBase,
			env: settings,
			logFile,
		});
		this.processes.set(name, started);
	}

	private async stopProcesses(how: 'orderly' | 'crash') {
		await Promise.all([...this.processes.values()].map(async (running) => await running.stop(how)));
		this.processes.clear();
	}

	private async loadCredentials(sandboxUrl: string) {
		const installed = await installedCredentialTypes(this.folder);
		for (const { type, name, data } of sandboxCredentials(sandboxUrl)) {
			if (!installed.includes(type)) continue;
			const { id } = await this.rest.createCredential(type, name, data);
			this.credentials[type] = { id, name };
		}
	}

	private async withCredentials(node: NodeOfWorkflow): Promise<NodeOfWorkflow> {
		const types = await this.credentialTypesOf(node.type);
		const ours = types.flatMap((type) =>
			this.credentials[type] ? [[type, this.credentials[type]]] : [],
		);
		return { ...node, credentials: { ...Object.fromEntries(ours), ...node.credentials } };
	}

	/** The types of the credentials that a node of a community package takes. */
	private async credentialTypesOf(nodeType: string): Promise<string[]> {
		if (/^(n8n-nodes-base|@n8n)/.test(nodeType)) return [];
		const known = this.credentialTypes.get(nodeType);
		if (known) return known;
		// n8n makes the node that is a tool from this one
		const [{ credentials = [] }] = await this.rest.nodeTypes([
			nodeType.replace(/(Hitl)?Tool$/, ''),
		]);
		const types = credentials.map(({ name }) => name);
		this.credentialTypes.set(nodeType, types);
		return types;
	}
}

/** A published workflow. */
export class Live {
	private readonly returned = new Set<string>();

	constructor(
		private readonly n8n: N8n,
		readonly workflow: Workflow & { id: string },
	) {}

	/** The production URL of a trigger. */
	address(nodeName: string): string {
		const found = this.workflow.nodes.find(({ name }) => name === nodeName);
		if (!found) throw new Error(`The workflow has no node ${nodeName}`);
		const address = webhookAddress(this.n8n.webhookBase, found);
		return address.replace('/webhook/', `/${this.n8n.endpoint}/`);
	}

	/** Runs the workflow once with these items. */
	async start(items: object[] = [{}], until: 'ended' | 'waiting' = 'ended'): Promise<Run> {
		const mark = randomUUID();
		await this.begin(items, mark);
		return await this.nextWhere((run) => run.items(START)[0]?.json.body?.mark === mark, until);
	}

	/** Starts the workflow without waiting for its end. @throws Error if n8n does not accept the items */
	async begin(items: object[], mark: string = randomUUID()): Promise<void> {
		const response = await this.post(items, mark);
		const text = await response.text();
		if (!response.ok) throw new Error(`n8n: ${response.status} ${text}`);
	}

	/** Posts items and returns any response of n8n. @param mark identifies the execution */
	async post(items: object[], mark: string): Promise<Response> {
		return await fetch(this.address(START), {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ items, mark }),
		});
	}

	/** The oldest execution that has ended and was not returned before. */
	async next(): Promise<Run> {
		return await this.nextWhere(() => true, 'ended');
	}

	/** The number of executions with these statuses, or with any. */
	async count(...statuses: Status[]): Promise<number> {
		const all = await this.n8n.rest.executions(this.workflow.id);
		const matches = (status: string) => statuses.some((expected) => expected === status);
		return all.filter(({ status }) => statuses.length === 0 || matches(status)).length;
	}

	async unpublish() {
		await this.n8n.rest.unpublish(this.workflow.id);
	}

	private async nextWhere(matches: (run: Run) => boolean, until: 'ended' | 'waiting') {
		const others = new Set<string>();
		const deadline = Date.now() + EXECUTION_IN_MS;
		for (;;) {
			const all = await this.n8n.rest.executions(this.workflow.id);
			for (const { id, status } of all.reverse()) {
				if (this.returned.has(id) || others.has(id)) continue;
				if (!Run.isOver(status) && !(until === 'waiting' && status === 'waiting')) continue;
				const run = new Run(await this.n8n.rest.execution(id));
				if (!matches(run)) {
					others.add(id);
					continue;
				}
				if (run.isOver) this.returned.add(id);
				return run;
			}
			if (Date.now() > deadline) {
				const existing = all.map(({ id, status }) => `${id} ${status}`).join(', ') || 'none';
				throw new Error(`No such execution. There are: ${existing}\n${this.n8n.lastOutput()}`);
			}
			await pause(50);
		}
	}
}

export { ITEMS, START };

/** The credential types of the installed community packages. */
async function installedCredentialTypes(userFolder: string): Promise<string[]> {
	const folder = join(userFolder, '.n8n/nodes');
	const manifest = async (path: string) =>
		JSON.parse(await readFile(join(folder, path, 'package.json'), 'utf8'));
	const { dependencies } = await manifest('.');
	const packages = Object.keys(dependencies).map((name) => `node_modules/${name}`);
	const files = (await Promise.all(packages.map(manifest))).flatMap(
		({ n8n }): string[] => n8n.credentials ?? [],
	);
	return files.map((file) => {
		const [name] = basename(file).split('.');
		return name[0].toLowerCase() + name.slice(1);
	});
}
