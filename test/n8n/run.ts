/** The result of an execution, read from the data that n8n stored. */

export type Status =
	| 'new'
	| 'running'
	| 'waiting'
	| 'success'
	| 'error'
	| 'canceled'
	| 'crashed'
	| 'unknown';

export interface Item {
	// any output of a node
	// eslint-disable-next-line @typescript-eslint/no-explicit-any
	json: any;
	pairedItem?: unknown;
	binary?: Record<string, unknown>;
	error?: { message: string; description?: string };
}

interface NodeError {
	message: string;
	description?: string | null;
	httpCode?: string | null;
	context?: Record<string, unknown>;
	node?: { name: string };
}

interface NodeRun {
	data?: { main?: (Item[] | null)[] };
	error?: NodeError;
	hints?: { message: string }[];
}

interface Execution {
	id: string;
	status: Status;
	data: {
		resultData: { runData: Record<string, NodeRun[]>; error?: NodeError };
		executionData?: { nodeExecutionStack: Array<{ node: { name: string } }> };
	};
}

export class Run {
	constructor(readonly execution: Execution) {}

	static isOver(status: string) {
		return ['success', 'error', 'canceled', 'crashed'].includes(status);
	}

	get id() {
		return this.execution.id;
	}

	get status() {
		return this.execution.status;
	}

	get isOver() {
		return Run.isOver(this.status);
	}

	/** The error that stopped the execution. */
	get error(): NodeError | undefined {
		return this.execution.data.resultData.error;
	}

	/** Whether it starts with this node, or was about to when its process died. */
	startsWith(nodeName: string): boolean {
		const { resultData, executionData } = this.execution.data;
		const [waiting] = executionData?.nodeExecutionStack ?? [];
		return nodeName in resultData.runData || waiting?.node.name === nodeName;
	}

	/**
	 * The items of all runs of a node. After a crash, n8n adds an artificial item for a run without
	 * stored data, which is left out here.
	 */
	items(nodeName: string, output = 0): Item[] {
		return this.runsOf(nodeName)
			.flatMap(({ data }) => data?.main?.[output] ?? [])
			.filter(({ json }) => json.isArtificialRecoveredEventItem !== true);
	}

	/** The `json` of the node's items. */
	json(nodeName: string, output = 0) {
		return this.items(nodeName, output).map(({ json }) => json);
	}

	/** The hints that n8n shows above the output of the node. */
	hints(nodeName: string): string[] {
		return this.runsOf(nodeName).flatMap(({ hints = [] }) => hints.map(({ message }) => message));
	}

	private runsOf(nodeName: string): NodeRun[] {
		return this.execution.data.resultData.runData[nodeName] ?? [];
	}
}
