import { randomUUID } from 'crypto';
import { NodeHelpers, sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	IRunExecutionData,
	ITaskDataConnectionsSource,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
	Workflow,
} from 'n8n-workflow';
import type { Output } from './item';
import { MEGABYTE, readBody } from './body';
import { readEvents } from './event';
import type { PostbackEvent } from './event';
import { end, sameSecret } from './receive';
import type { PostbackSource } from './receive';
import type { Redact } from './redact';
import { own } from './values';

/**
 * Parking an execution until a postback ends the wait. n8n stores the parked execution, so that it
 * survives a restart; a postback to its resume address runs `webhook()` of the node, which either
 * goes on with an item or keeps waiting. When the limit comes first, n8n skips the node and passes
 * on what was laid out for that case while parking.
 */

/** What a node that waits puts into `webhooks` of its description. */
export const resumeWebhooks: IWebhookDescription[] = [
	{
		name: 'default',
		httpMethod: 'POST',
		responseMode: 'onReceived',
		responseData: 'OK',
		path: '={{ $nodeId }}',
		restartWebhook: true,
		isFullPath: true,
	},
];

/**
 * n8n leaves the body of a request to a node of version 1 as it came where this option is on: it
 * cannot read each body a provider sends, and answers 400 or 422 then. Nobody sees it; it is switched
 * on in the parked execution.
 */
export const rawBodyOption: INodeProperties = {
	displayName: 'Raw Body',
	name: 'binaryData',
	type: 'hidden',
	default: false,
};

/** What n8n's contexts hold beside the interface that nodes are given. */
interface Inside {
	runExecutionData?: IRunExecutionData | null;
	workflow?: Pick<Workflow, 'nodes'>;
}

/** Switches the raw body on in what n8n stores of the workflow with the parked execution. */
function keepBodyRaw(context: IExecuteFunctions, entry: IExecuteData): void {
	// the private member of the context; an entry that was stored before has a node of its own
	const { workflow } = context as unknown as Inside;
	const node = workflow?.nodes[entry.node.name] ?? entry.node;
	const options = node.parameters.options as INodeParameters | string | undefined;
	if (typeof options === 'string') return;
	node.parameters = { ...node.parameters, options: { ...options, [rawBodyOption.name]: true } };
}

/** What is kept with the parked execution for the moment of a postback. */
export interface Parked {
	/** Names this wait, for statuses seen on the way. */
	wait: string;
	/** What the rule needs to go on. */
	state: IDataObject;
	/** What requests to the resume address have to know, where n8n itself does not ask for anything. */
	key?: string;
}

export interface Parking {
	state: IDataObject;
	until: Date;
	/** What leaves when the limit comes first. */
	atLimit: Output[];
	/** Shown as the node's output while it waits. */
	meanwhile: Output[];
	/** Where to ask for a look-up after parking; undefined where nothing can be looked up. */
	lookUpAt?: string;
	/** By which the execution can be found in n8n's list. */
	names?: Record<string, string | null>;
}

/** Milliseconds after parking at which a postback that came too early to be taken is looked for. */
const FIRST_LOOK = 3_000;
/** How long before the limit the last look is: n8n may end the wait up to a minute late. */
const LAST_LOOK = 3_000;
/** Timers take no longer; such waits get no last look. */
const LONGEST_TIMER = 24 * 86_400_000;

/** Waits that this process saw end: their looks are dropped. */
const ended = new Set<string>();
const MOST_ENDED = 10_000;

/** Notes that a wait is over. */
export function hasEnded(wait: string): void {
	ended.add(wait);
	if (ended.size > MOST_ENDED) ended.delete(ended.values().next().value as string);
}

/** A request of our own to the resume address. */
const LOOK_UP = { smsGateways: 'lookUp' };

/** The items by output, as n8n wants them. */
function routed(outputs: Output[], redact: Redact): INodeExecutionData[][] {
	const last = outputs.reduce((most, { output = 0 }) => Math.max(most, output), 0);
	return Array.from({ length: last + 1 }, (_, index) =>
		outputs
			.filter(({ output = 0 }) => output === index)
			.map(({ json }) => ({ json: redact(json), pairedItem: { item: 0 } })),
	);
}

/**
 * Parks the execution. A postback in the first tenth of a second finds it still running, and n8n
 * refuses it; a provider that does not repeat it would leave the wait without an end. Therefore
 * the status is looked up once soon after, and once before the limit (while this process lives).
 */
export async function park(
	context: IExecuteFunctions,
	{ state, until, atLimit, meanwhile, lookUpAt, names = {} }: Parking,
	redact: Redact,
): Promise<INodeExecutionData[][]> {
	const store = context.getContext('node') as { parked?: Parked; waitKey?: string };
	const wait = randomUUID();
	const { waitKey } = store;
	store.parked = { wait, state: redact(state), ...(waitKey && { key: waitKey }) };

	// n8n skips this node at the limit and passes on its input, which is laid out here
	const entry = context.getExecuteData();
	keepBodyRaw(context, entry);
	const leaving = routed(atLimit, redact);
	if (entry.data.main) entry.data.main = leaving;
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as typeof entry.metadata;
	// n8n switches the node of the entry off when it resumes, and other entries share that object;
	// one item always leaves, so that Always Output Data has nothing to add
	entry.node = { ...entry.node, alwaysOutputData: false };
	entry.source = sourceOf(entry.source, leaving.length);
	nameExecution(context, names);

	await context.putExecutionToWait(until);
	const left = until.getTime() - Date.now();
	if (lookUpAt) {
		const look = { url: lookUpAt, wait };
		void lookSoon(context, { ...look, after: Math.min(FIRST_LOOK, left / 3), last: false });
		if (left <= LONGEST_TIMER) {
			void lookLate({ ...look, after: left - Math.min(LAST_LOOK, left / 3), last: true });
		}
	}
	return routed(meanwhile, redact);
}

/**
 * n8n takes the output that an item leaves by for an input of the node when it looks for the item
 * that it came from: so each output has the source of the one input there is.
 */
function sourceOf(
	source: ITaskDataConnectionsSource | null,
	outputs: number,
): ITaskDataConnectionsSource | null {
	const [first] = source?.main ?? [];
	if (!source || !first) return source;
	return { ...source, main: Array.from({ length: outputs }, () => first) };
}

/** Puts names into the execution's custom data, by which n8n's list of executions can be searched. */
function nameExecution(context: IExecuteFunctions, names: Record<string, string | null>): void {
	try {
		for (const [key, value] of Object.entries(names)) {
			if (value) context.customData.set(key, value);
		}
	} catch {
		// an older n8n, or a run that keeps none: the execution has no name then
	}
}

interface Look {
	url: string;
	wait: string;
	/** Milliseconds from now. */
	after: number;
	last: boolean;
}

const LOOK_TIMEOUT = 30_000;

/** That this n8n does not reach itself is said once. */
let toldUnreachable = false;

/** Asks by n8n's own helper, which knows its proxies and certificates. */
async function lookSoon(context: IExecuteFunctions, look: Look): Promise<void> {
	const { logger, helpers } = context;
	await sleep(look.after);
	if (ended.has(look.wait)) return;
	try {
		await helpers.httpRequest({
			method: 'POST',
			url: look.url,
			headers: { 'Content-Type': 'application/json' },
			body: questionOf(look),
			timeout: LOOK_TIMEOUT,
			ignoreHttpStatusErrors: true,
		});
	} catch {
		if (await ask(look)) return;
		if (toldUnreachable) return;
		toldUnreachable = true;
		logger.warn(
			`This n8n does not reach itself at ${new URL(look.url).origin}, so a status that comes while an execution is being stored may be missed, and that wait ends at its limit. Check N8N_WEBHOOK_URL (before n8n 2: WEBHOOK_URL), and that this machine reaches that address.`,
		);
	}
}

/** Long after: n8n's helper would keep the execution's data in memory until then. */
async function lookLate(look: Look): Promise<void> {
	await sleep(look.after);
	if (!ended.has(look.wait)) await ask(look);
}

function questionOf({ wait, last }: Look): string {
	return JSON.stringify({ ...LOOK_UP, wait, last });
}

/**
 * @returns false where this n8n does not answer, or has no global fetch; postbacks and the limit end
 * the wait as ever
 */
async function ask(look: Look): Promise<boolean> {
	try {
		await fetch(look.url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: questionOf(look),
			signal: AbortSignal.timeout(LOOK_TIMEOUT),
		});
		return true;
	} catch {
		return false;
	}
}

/** By which a parked execution knows who was given its address, where n8n does not. */
const KEY = 'key';

function keyOf(context: IExecuteFunctions): string {
	const store = context.getContext('node') as { waitKey?: string };
	store.waitKey ??= randomUUID();
	return store.waitKey;
}

/**
 * The address at which a postback resumes this execution. n8n checks the token in it; n8n 1 puts
 * none there, and the number of an execution is easily guessed, so it gets a key of ours.
 */
export function resumeAddress(context: IExecuteFunctions): string {
	const url = new URL(String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${context.getNode().id}`;
	if (url.search === '') url.searchParams.set(KEY, keyOf(context));
	return url.toString();
}

/** Whether a request has the key of the wait, if that has one. */
function hasKey(context: IWebhookFunctions, parked: Parked | undefined): boolean {
	if (parked?.key === undefined) return true;
	const given = (context.getQueryData() as IDataObject)[KEY];
	return typeof given === 'string' && sameSecret(given, parked.key);
}

/** How one operation goes on when something arrives for its parked execution. */
export interface WaitRule {
	/** What leaves the node, or undefined to keep waiting. */
	onEvents(waiting: Waiting, events: PostbackEvent[]): Promise<Output[] | undefined>;
	/** The same for a look-up of ours. @param last the limit is near */
	onLookUp?(waiting: Waiting, last: boolean): Promise<Output[] | undefined>;
}

export interface Waiting {
	context: IWebhookFunctions;
	state: IDataObject;
	/** Names this wait. */
	wait: string;
}

/**
 * What was kept while parking. A webhook has no way of its own to the node's context, so it is read
 * from the execution, or, where a host keeps that elsewhere, by an expression that names the node.
 */
function parkedState(context: IWebhookFunctions): Parked | undefined {
	const { runExecutionData } = context as unknown as Inside;
	const node: INode = context.getNode();
	if (runExecutionData) {
		return NodeHelpers.getContext(runExecutionData, 'node', node).parked as Parked | undefined;
	}
	const name = JSON.stringify(node.name);
	const text = context.evaluateExpression(`{{ JSON.stringify($node[${name}].context.parked) }}`);
	return typeof text === 'string' ? (JSON.parse(text) as Parked) : undefined;
}

function ownRequest(text: string): { wait?: string; last: boolean } | undefined {
	if (!text.startsWith('{"smsGateways"')) return undefined;
	const own = JSON.parse(text) as { smsGateways?: string; wait?: string; last?: boolean };
	if (own.smsGateways !== LOOK_UP.smsGateways) return undefined;
	return { wait: own.wait, last: own.last === true };
}

/**
 * `webhook()` of a node that waits: goes on with items, or answers and keeps waiting. Nothing is
 * thrown, whatever arrives: n8n would go on with an empty item.
 */
export async function resume(
	context: IWebhookFunctions,
	source: Pick<PostbackSource, 'provider' | 'read'>,
	rules: Readonly<Record<string, WaitRule>>,
): Promise<IWebhookResponseData> {
	try {
		const parked = parkedState(context);
		if (!hasKey(context, parked)) return end(context, 401, 'The key is missing or wrong');
		const outputs = await outputsFor(context, parked, source, rules);
		if (!outputs) return {};
		const keep: Redact = (value) => value;
		return { workflowData: routed(outputs, keep) };
	} catch {
		const { name } = context.getNode();
		context.logger.warn(`"${name}" keeps waiting: something that came could not be worked off`);
		return {};
	}
}

async function outputsFor(
	context: IWebhookFunctions,
	parked: Parked | undefined,
	source: Pick<PostbackSource, 'provider' | 'read'>,
	rules: Readonly<Record<string, WaitRule>>,
): Promise<Output[] | undefined> {
	const rule = own(rules, String(context.getNodeParameter('operation')));
	if (!rule || !parked) return undefined;
	const waiting: Waiting = { context, ...parked };
	const postback = await readBody(context, MEGABYTE);
	const mine = ownRequest(postback.text);
	if (mine) {
		// one that was asked for by an earlier wait of this execution knows nothing of this limit
		return mine.wait === waiting.wait ? await rule.onLookUp?.(waiting, mine.last) : undefined;
	}
	return await rule.onEvents(waiting, readEvents(source, postback, new Date().toISOString()));
}
