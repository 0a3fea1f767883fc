import { randomUUID } from 'crypto';
import { sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	IWebhookDescription,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { version as hostVersion } from 'n8n-workflow/package.json';
import type { Output } from './item';
import { readEvents } from './event';
import type { PostbackEvent } from './event';
import type { PostbackSource } from './receive';
import type { Redact } from './redact';

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

/** From this version on n8n lets a resumed node choose among its outputs. */
const FIRST_ROUTING = [2, 39];

/** Whether this n8n passes on more than the first output after a wait. */
export const HOST_ROUTES_OUTPUTS = isAtLeast(hostVersion, FIRST_ROUTING);

/** Whether a version such as `2.41.0` is at least a given major and minor one. */
export function isAtLeast(version: string, [major, minor]: number[]): boolean {
	const [itsMajor, itsMinor] = version.split('.').map(Number);
	return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}

/** What is kept with the parked execution for the moment of a postback. */
export interface Parked {
	/** Names this wait, for statuses seen on the way. */
	wait: string;
	/** What the rule needs to go on. */
	state: IDataObject;
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
	const last = Math.max(0, ...outputs.map(({ output = 0 }) => output));
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
	{ state, until, atLimit, meanwhile, lookUpAt }: Parking,
	redact: Redact,
): Promise<INodeExecutionData[][]> {
	const store = context.getContext('node') as { parked?: Parked };
	const wait = randomUUID();
	store.parked = { wait, state: redact(state) };

	// n8n skips this node at the limit and passes on its input, which is laid out here
	const entry = context.getExecuteData();
	if (entry.data.main) entry.data.main = routed(atLimit, redact);
	entry.metadata = { ...entry.metadata, forwardAllOutputs: true } as typeof entry.metadata;

	await context.putExecutionToWait(until);
	const left = until.getTime() - Date.now();
	if (lookUpAt) {
		const look = { url: lookUpAt, wait };
		void askForLookUp({ ...look, after: Math.min(FIRST_LOOK, left / 3), last: false });
		if (left <= LONGEST_TIMER) {
			void askForLookUp({ ...look, after: left - Math.min(LAST_LOOK, left / 3), last: true });
		}
	}
	return routed(meanwhile, redact);
}

interface Look {
	url: string;
	wait: string;
	/** Milliseconds from now. */
	after: number;
	last: boolean;
}

/** Holds nothing but the address: n8n's own helper would keep the execution's data in memory. */
async function askForLookUp({ url, wait, after, last }: Look): Promise<void> {
	try {
		await sleep(after);
		if (ended.has(wait)) return;
		await fetch(url, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ ...LOOK_UP, wait, last }),
			signal: AbortSignal.timeout(30_000),
		});
	} catch {
		// the wait goes on: postbacks and the limit end it as they would without this look
	}
}

/** The address at which a postback resumes this execution; n8n checks the token in it. */
export function resumeAddress(context: IExecuteFunctions): string {
	const url = new URL(String(context.evaluateExpression('{{ $execution.resumeUrl }}', 0)));
	url.pathname = `${url.pathname.replace(/\/$/, '')}/${context.getNode().id}`;
	return url.toString();
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

function parkedState(context: IWebhookFunctions): Parked | undefined {
	const name = JSON.stringify(context.getNode().name);
	const text = context.evaluateExpression(`{{ JSON.stringify($node[${name}].context.parked) }}`);
	return typeof text === 'string' ? (JSON.parse(text) as Parked) : undefined;
}

function ownRequest(text: string): { wait?: string; last: boolean } | undefined {
	if (!text.startsWith('{"smsGateways"')) return undefined;
	const own = JSON.parse(text) as { smsGateways?: string; wait?: string; last?: boolean };
	if (own.smsGateways !== LOOK_UP.smsGateways) return undefined;
	return { wait: own.wait, last: own.last === true };
}

/** `webhook()` of a node that waits: goes on with items, or answers and keeps waiting. */
export async function resume(
	context: IWebhookFunctions,
	source: Pick<PostbackSource, 'provider' | 'read'>,
	rules: Readonly<Record<string, WaitRule>>,
): Promise<IWebhookResponseData> {
	const rule = rules[context.getNodeParameter('operation') as string];
	const parked = parkedState(context);
	if (!rule || !parked) return {};
	const request = context.getRequestObject();
	if (!request.rawBody) await request.readRawBody();
	const text = (request.rawBody ?? Buffer.alloc(0)).toString('utf8');
	const waiting: Waiting = { context, ...parked };

	let outputs: Output[] | undefined;
	try {
		outputs = await outputsFor(rule, waiting, source, text);
	} catch {
		// thrown on, it would end the wait: n8n goes on with an empty item and this error
		const { name } = context.getNode();
		context.logger.warn(`"${name}" keeps waiting: something that came could not be worked off`);
	}
	if (!outputs) return {};
	const keep: Redact = (value) => value;
	return { workflowData: routed(outputs, keep) };
}

async function outputsFor(
	rule: WaitRule,
	waiting: Waiting,
	source: Pick<PostbackSource, 'provider' | 'read'>,
	text: string,
): Promise<Output[] | undefined> {
	const own = ownRequest(text);
	if (own) {
		// one that was asked for by an earlier wait of this execution knows nothing of this limit
		return own.wait === waiting.wait ? await rule.onLookUp?.(waiting, own.last) : undefined;
	}
	const headers = waiting.context.getHeaderData() as IDataObject;
	const [type = ''] = String(headers['content-type'] ?? '').split(';');
	const postback = { text, contentType: type.trim().toLowerCase(), headers };
	return await rule.onEvents(waiting, readEvents(source, postback, new Date().toISOString()));
}
