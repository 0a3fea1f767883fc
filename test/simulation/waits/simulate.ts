/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { WebhookContext, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteData,
	INode,
	INodeExecutionData,
	IRunExecutionData,
	IWebhookData,
} from 'n8n-workflow';
import { additionalDataFor, workflowWith } from '../../engine/harness/engine';
import { Network } from '../harness/network';
import { VirtualTime } from '../harness/virtualTime';
import type { Fault, History } from '../history';
import { MODELS } from '../providers';
import type { Accepted, WireRequest } from '../providers/model';
import { guidOf, Truth } from '../providers/model';
import type { Postback, WaitHistory } from './history';

/** Runs a wait in n8n's engine: suspends the execution, posts to it, and resumes it. */

const START = Date.UTC(2026, 1, 3, 12);
const MINUTE = 60_000;
/** n8n rejects requests to an execution that it has not stored yet. */
const STORED_AFTER_MS = 100;

const EARLIER_ID = guidOf(0xee);
const BACKUP_ID = guidOf(0xbb);

/** A postback as it arrived. */
export interface Arrival {
	postback: Postback;
	at: number;
	/** n8n gave it to the node. */
	isReceived: boolean;
}

export interface WaitWorld {
	history: WaitHistory;
	messages: Accepted[];
	arrivals: Arrival[];
	/** When the node looked the message up, by itself. */
	lookUps: number[];
	suspendedAt?: number;
	until?: number;
	endedAt?: number;
	/** The limit ended it. */
	isAtLimit: boolean;
	/** The items of each output of the node in the end. */
	outputs: IDataObject[][];
	storedText: string;
}

const RECEIPTS: Partial<Record<Postback['kind'], string>> = {
	atCarrier: '003',
	delivered: '000',
	undelivered: '024',
	backup: '091',
};

const TEXTS: Partial<Record<Postback['kind'], string>> = {
	yes: 'Yes!',
	no: 'no',
	anotherText: 'Who is this?',
	noText: '',
	stop: 'STOP',
};

/** A form of CDYNE (docs/providers/cdyne.md 7.2). */
function formOf({ kind, about, isMatched }: Postback, id: string, count: number): string {
	const handset = MODELS.cdyne.number(about === 'stranger' ? 1 : 0);
	const time = '2%2f3%2f2026+12%3a00%3a09+PM';
	if (kind === 'garbage') return 'MessageID';
	const code = RECEIPTS[kind];
	const text = TEXTS[kind];
	if (code !== undefined) {
		const backup = kind === 'backup' ? `&BackupMessageID=${BACKUP_ID}` : '';
		return `DeliveryReceipt=1&MessageID=${id}&ReferenceID=&FromPhoneNumber=55512&ToPhoneNumber=${handset}&DeliveryReceiptMessage=id:1 stat:X err:000 text:&Code=${code}${backup}`;
	}
	if (text !== undefined) {
		const matched = isMatched || about === 'backup' ? id : '';
		return `SMSResponse=1&MessageID=${guidOf(0x1000 + count)}&MatchedMessageID=${matched}&ReferenceID=&FromPhoneNumber=${handset}&ToPhoneNumber=55512&ResponseReceiveDate=${time}&Message=${encodeURIComponent(text)}`;
	}
	return `SMSSent=${kind === 'sent' ? 1 : 0}&MessageID=${id}&ReferenceID=&FromPhoneNumber=55512&ToPhoneNumber=${handset}&SentTime=${time}`;
}

const STATUSES: Partial<Record<Postback['kind'], string>> = {
	sent: 'SENT',
	delivered: 'DELIVERED',
	undelivered: 'UNDELIVERED',
	rejected: 'REJECTED',
};

/** A notification of Namirial (docs/providers/namirial.md 6.2). */
function notificationOf({ kind }: Postback, id: string): string {
	const time = '2026-02-03T12:00:09Z';
	if (kind === 'garbage') return '{"type":';
	return JSON.stringify({
		id: guidOf(0x2000),
		webhookConfigurationId: guidOf(0x3000),
		type: 'STATUS_UPDATE',
		createdAt: time,
		message: {
			id,
			providerAcceptanceAt: time,
			statusChangedAt: time,
			reference: {},
			channel: 'SMS',
			status: STATUSES[kind],
			provider: { name: 'PROVIDERX', id: guidOf(1), status: 'x', code: '0' },
			sms: { segments: 1 },
		},
	});
}

const FORM = 'application/x-www-form-urlencoded';

const NO_FAULTS: Pick<
	History,
	'clockAheadMs' | 'numbersHidden' | 'lookups' | 'crashAfter' | 'canLookUp'
> = {
	canLookUp: true,
	clockAheadMs: 0,
	numbersHidden: false,
	lookups: [],
	crashAfter: false,
};

export async function simulateWait(history: WaitHistory): Promise<WaitWorld> {
	const time = new VirtualTime(START);
	const lost: Fault = { kind: 'resetAfter', quirk: 0, mask: 0, choice: 0 };
	const sends = history.isSendLost ? [lost] : [];
	const settings = { ...NO_FAULTS, lagMs: history.lagMs, sends } as unknown as History;
	const truth = new Truth(() => time.now(), settings);
	const model = MODELS[history.provider];
	const network = new Network(time, settings, model, truth, []);
	const credentials = model.credentials(0, settings);
	const parameters = {
		resource: 'message',
		operation: history.operation,
		to: `+${model.number(0)}`,
		message: '350000 Please confirm',
		waitFor: history.waitFor,
		responseType: history.responseType,
		options: {
			...(history.provider === 'namirial' && {
				referenceService: 'AUTHENTICATION',
				referenceKey: 'order-1',
			}),
			limitWaitTime: {
				values: {
					limitType: 'afterTimeInterval',
					resumeAmount: history.limitMinutes,
					resumeUnit: 'minutes',
				},
			},
		},
	};
	const workflow = workflowWith({ node: model.node, parameters, credentials });
	const additionalData = additionalDataFor(credentials);
	const world: WaitWorld = {
		history,
		messages: truth.messages,
		arrivals: [],
		lookUps: [],
		isAtLimit: false,
		outputs: [],
		storedText: '',
	};
	let stored: IRunExecutionData | undefined;
	let count = 0;
	let end: () => void = () => undefined;
	const ended = new Promise<void>((resolve) => (end = resolve));

	/** Ends the wait as n8n does, unless it has ended already. */
	async function finish(items: INodeExecutionData[][] | undefined): Promise<void> {
		if (!stored || world.endedAt !== undefined) return;
		world.endedAt = time.now();
		world.isAtLimit = items === undefined;
		const data = createRunExecutionData(structuredClone(stored) as never) as IRunExecutionData;
		const [entry] = data.executionData?.nodeExecutionStack ?? [];
		if (items) entry.data = { main: items };
		const engine = new WorkflowExecute(additionalData, 'trigger', data);
		const { data: result } = await engine.processRunExecutionData(workflow);
		world.outputs = (result.resultData.runData.Node.at(-1)?.data?.main ?? []).map((output) =>
			(output ?? []).map(({ json }) => json),
		);
		world.storedText += JSON.stringify(result);
		end();
	}

	/** A request to the resume URL. @returns whether n8n gave it to the node */
	async function receive(body: string, type: string, query = ''): Promise<boolean> {
		const isStored = world.suspendedAt !== undefined && stored !== undefined;
		if (!isStored || time.now() < (world.suspendedAt ?? 0) + STORED_AFTER_MS) return false;
		if (world.endedAt !== undefined) return false;
		const data = createRunExecutionData(structuredClone(stored) as never) as IRunExecutionData;
		const request = {
			headers: { 'content-type': type },
			query: Object.fromEntries(new URLSearchParams(query)),
			params: {},
			rawBody: Buffer.from(body),
		};
		const context = new WebhookContext(
			workflow,
			workflow.getNode('Node') as INode,
			{ ...additionalData, httpRequest: request, httpResponse: {} } as never,
			'trigger',
			{ webhookDescription: model.node.description.webhooks?.[0] } as IWebhookData,
			[],
			data,
		);
		const result = await model.node.webhook?.call(context);
		const items = result?.workflowData as INodeExecutionData[][] | undefined;
		if (items) await finish(items);
		return true;
	}

	const schedule = (own: Accepted, from: number) => {
		for (const postback of history.postbacks) {
			for (let copy = 0; copy < postback.copies; copy++) {
				const due = own.acceptedAt + postback.atMs + copy * postback.gapMs;
				const ids = { own: own.id, earlier: EARLIER_ID, stranger: EARLIER_ID, backup: BACKUP_ID };
				const id = ids[postback.about];
				const [body, type] =
					history.provider === 'cdyne'
						? [formOf(postback, id, history.postbacks.indexOf(postback)), FORM]
						: [notificationOf(postback, id), 'application/json'];
				if (due <= from) continue;
				time.set(() => {
					const arrival: Arrival = { postback, at: time.now(), isReceived: false };
					world.arrivals.push(arrival);
					// the third rejection by the aggregator is the last one (7.1)
					if (postback.kind === 'notSent' && postback.about === 'own' && ++count >= 3) {
						own.status = 'cancelled';
					}
					const hasBackup = truth.messages.some(({ id }) => id === BACKUP_ID);
					if (postback.kind === 'backup' && postback.about === 'own' && !hasBackup) {
						truth.accept({ ...own, id: BACKUP_ID, text: '', reference: null }).isOld = true;
					}
					void receive(body, type).then((isReceived) => (arrival.isReceived = isReceived));
				}, due - time.now());
			}
		}
	};
	truth.onAccept = (message) => {
		if (message === truth.messages[0]) schedule(message, START);
	};
	network.local = async ({ body, url }: WireRequest) => {
		world.lookUps.push(time.now());
		await receive(body, 'application/json', url.search);
	};

	const removeTime = time.install(1);
	const removeNetwork = network.install();
	const { fetch } = globalThis;
	globalThis.fetch = (async (url: string, { body }: { body: string }) => {
		// a question of another history
		if (world.suspendedAt === undefined) return new Response('', { status: 404 });
		world.lookUps.push(time.now());
		const isReceived = await receive(body, 'application/json', new URL(url).search);
		return new Response('', { status: isReceived ? 200 : 409 });
	}) as never;
	try {
		const start: IExecuteData = {
			node: workflow.getNode('Start') as INode,
			data: { main: [[{ json: {} }]] },
			source: null,
		};
		const data = createRunExecutionData({
			executionData: { nodeExecutionStack: [start] },
			resumeToken: 'token-of-this-execution',
		});
		const engine = new WorkflowExecute(additionalData, 'trigger', data);
		const run = await time.settle(engine.processRunExecutionData(workflow));
		world.storedText = JSON.stringify(run.data);
		if (!run.waitTill) {
			const main = run.data.resultData.runData.Node?.at(-1)?.data?.main ?? [];
			world.outputs = main.map((items) => (items ?? []).map(({ json }) => json));
			return world;
		}
		stored = run.data;
		const suspendedAt = time.now();
		world.suspendedAt = suspendedAt;
		world.until = run.waitTill.getTime();
		const limit = () => void finish(undefined);
		const atLimit = (world.until ?? 0) + history.lateMs;
		time.set(limit, atLimit - suspendedAt);
		if (history.restartAtMs > 0) {
			time.set(() => {
				if (world.endedAt !== undefined) return;
				// the look-ups are gone, and what is being processed goes on
				time.forget();
				schedule(truth.messages[0], time.now());
				time.set(limit, atLimit - time.now());
			}, history.restartAtMs);
		}
		await time.settle(ended);
		// late postbacks
		await time.settle(new Promise((resolve) => time.set(() => resolve(undefined), 40 * MINUTE)));
	} finally {
		globalThis.fetch = fetch;
		removeNetwork();
		removeTime();
	}
	return world;
}
