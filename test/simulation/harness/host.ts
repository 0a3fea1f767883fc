import { WorkflowExecute } from 'n8n-core';
import { createRunExecutionData } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeType,
	IRunExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { additionalDataFor, workflowWith } from '../../engine/harness/engine';
import type { History, HistoryItem, Settings } from '../history';
import type { Operation, ProviderModel, Truth } from '../providers/model';
import { Crash, type Network } from './network';
import type { VirtualTime } from './virtualTime';

/** Runs a node in n8n's engine as n8n does: with several tries, rounds of a loop, and retries. */

/** What the node returned in one try for one round. */
export interface Try {
	/** Position of the execution in the history. */
	execution: number;
	/** Counts all tries of a history. */
	attempt: number;
	round: number;
	/** Output items with the index of their input item. Undefined if the try failed or n8n is gone. */
	outputs?: Array<{ item: number; json: IDataObject }>;
	/** The error of a failed try, and the item that it concerns. */
	error?: { message: string; description: string; nothingSent: boolean; item?: number };
	hints: string[];
	mostInFlight: number;
	sends: number;
	/** Messages that the provider had accepted when the try ended. */
	acceptedBefore: number;
}

export interface Execution {
	index: number;
	mode: WorkflowExecuteMode;
	/** The execution that it repeats. */
	parent?: Execution;
	/** n8n kept the memory of the parent. */
	hasMemory: boolean;
	settings: Settings;
	/** A request failed, or the provider did not simply accept. */
	hadFaults: boolean;
	end: 'succeeded' | 'failed' | 'crashed';
	/** What n8n stores of it. */
	stored?: IRunExecutionData;
	storedText: string;
}

/** The text of an item begins with a number that no other item has. */
export const markerOf = (round: number, item: number) => 350_000 + round * 1_000 + item;

export const textOf = (marker: number, { unicode }: HistoryItem) =>
	`${marker} Your table is ready${unicode ? ' ж' : ''}`;

/** Processes of n8n since the tests began. */
let processes = 0;

function rethrow(error: unknown): never {
	throw error;
}

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export class Host {
	readonly tries: Try[] = [];

	readonly executions: Execution[] = [];

	constructor(
		private readonly time: VirtualTime,
		private readonly network: Network,
		private readonly truth: Truth,
		private readonly model: ProviderModel,
		private readonly operation: Operation,
		private readonly history: History,
	) {}

	/** Runs the workflow once. @param parent the execution that it repeats */
	async execute(
		settings: Settings,
		isClean: boolean,
		parent: Execution | undefined,
		crashAt: number,
	): Promise<Execution> {
		const { model, operation, history, network, truth } = this;
		const index = this.executions.length;
		const hasMemory = parent?.stored !== undefined && !history.inSubWorkflow;
		const mode = history.inSubWorkflow ? 'integrated' : parent ? 'retry' : 'trigger';
		const execution: Execution = {
			index,
			mode,
			parent,
			hasMemory,
			settings,
			hadFaults: false,
			end: 'crashed',
			storedText: '',
		};
		this.executions.push(execution);
		truth.execution = index;
		network.isClean = isClean;
		network.startProcess(crashAt);
		const credentials = model.credentials(++processes, history);
		const parameters = model.parameters({ ...history, settings }, operation);
		const options = parameters.options as IDataObject;
		const given = { ...operation.parameters, ...parameters };
		if (history.textHasTime && given.message !== undefined) {
			given.message = `${String(given.message)} {{ $now.toMillis() }}`;
		}
		const workflow = workflowWith({
			node: this.watched(execution),
			parameters: {
				...given,
				options: {
					...options,
					dryRun: settings.dryRun,
					...(settings.concurrency > 0 && { concurrency: settings.concurrency }),
				},
			} as never,
			credentials,
			settings: {
				...(settings.continueOnFail && { onError: 'continueRegularOutput' as const }),
				...(settings.maxTries > 1 && { retryOnFail: true, maxTries: settings.maxTries }),
			},
		});
		const node = workflow.getNode('Node') as INode;
		const data = hasMemory ? this.repeated(parent, node) : this.fresh(node, index);
		const additionalData = {
			...additionalDataFor(credentials),
			...(history.inSubWorkflow && { rootExecutionMode: parent ? 'retry' : 'trigger' }),
		};
		const engine = new WorkflowExecute(additionalData as never, mode, data);
		try {
			const run = this.time.settle(
				Promise.race([engine.processRunExecutionData(workflow), network.crashed]),
			);
			const { data: result } = await run;
			if (crashAt === -1) throw new Crash();
			execution.end = result.resultData.error ? 'failed' : 'succeeded';
			execution.storedText = JSON.stringify(result);
			execution.stored = JSON.parse(execution.storedText) as IRunExecutionData;
		} catch (error) {
			if (!(error instanceof Crash)) rethrow(error);
		}
		this.time.forget();
		execution.hadFaults = network.hadFaults;
		return execution;
	}

	/** The entries of all rounds, as a loop would make them. */
	private fresh(node: INode, index: number): IRunExecutionData {
		const { history, operation, model } = this;
		const entries = history.rounds.map((items, round): IExecuteData => {
			const input = items.map((item, position) => ({
				json: model.itemFields(item, operation, textOf(markerOf(round, position), item)),
			}));
			return { node, data: { main: [input] }, source: null };
		});
		// a sub-workflow is a new execution each time
		const resumeToken = history.inSubWorkflow ? `token-${index}` : 'token-of-this-execution';
		return createRunExecutionData({
			executionData: { nodeExecutionStack: entries },
			resumeToken,
		});
	}

	/** The stored data of a failed execution, as n8n prepares it for a retry. */
	private repeated({ stored }: Execution, node: INode): IRunExecutionData {
		const data = copy(stored as IRunExecutionData);
		const { resultData, executionData } = data;
		const runs = resultData.runData.Node ?? [];
		delete resultData.error;
		if (runs.at(-1)?.error) runs.pop();
		for (const entry of executionData?.nodeExecutionStack ?? []) entry.node = node;
		return createRunExecutionData(data as never) as IRunExecutionData;
	}

	/** The node, whose tries are recorded. */
	private watched(execution: Execution): INodeType {
		const { model, network, truth, tries } = this;
		const record = (context: IExecuteFunctions): Try => {
			const started: Try = {
				execution: execution.index,
				attempt: tries.length,
				round: (context.getWorkflowDataProxy(0).$runIndex as number | undefined) ?? 0,
				hints: [],
				mostInFlight: 0,
				sends: 0,
				acceptedBefore: 0,
			};
			tries.push(started);
			truth.attempt = started.attempt;
			network.startTry();
			const add = context.addExecutionHints.bind(context);
			context.addExecutionHints = (...hints) => {
				started.hints.push(...hints.map(({ message }) => message));
				add(...hints);
			};
			return started;
		};
		const end = (started: Try) => {
			started.mostInFlight = network.mostInFlight;
			started.sends = network.sendsOfTry;
			started.acceptedBefore = truth.messages.length;
		};
		const { node } = model;
		const watched = Object.create(node) as INodeType;
		watched.execute = async function execute(this: IExecuteFunctions) {
			const started = record(this);
			try {
				const outputs = (await node.execute?.call(this)) as INodeExecutionData[][];
				started.outputs = copy(
					outputs.flat().map(({ json, pairedItem }) => ({
						item: (pairedItem as { item: number }).item,
						json,
					})),
				);
				return outputs;
			} catch (error) {
				const {
					message,
					description,
					context = {},
				} = error as Error & {
					description?: string;
					context?: { nothingSent?: boolean; itemIndex?: number };
				};
				started.error = {
					message,
					description: description ?? '',
					nothingSent: context.nothingSent === true,
					item: context.itemIndex,
				};
				return rethrow(error);
			} finally {
				end(started);
			}
		};
		return watched;
	}
}
