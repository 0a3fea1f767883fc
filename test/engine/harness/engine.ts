import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, ICredentialsHelper, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeExecutionData,
	INodeParameters,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRun,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

/**
 * Runs a node of this package in n8n's real engine with its real HTTP helper, but without an n8n
 * server. The workflow is `Start -> Node`, and `Start` outputs the items of the test.
 */

export interface RunOptions {
	node: INodeType;
	parameters: INodeParameters;
	/** By credential type. */
	credentials?: Record<string, ICredentialDataDecryptedObject>;
	/** Input items; by default one empty item. */
	items?: IDataObject[];
	/** Input items with binary data or other extras. */
	input?: INodeExecutionData[];
	/** Settings of the node, such as `onError`, `retryOnFail`, `maxTries`. */
	settings?: Partial<INode>;
	staticData?: IDataObject;
	timezone?: string;
	/** The execution mode; a `retry` has the token of the execution that it repeats. */
	mode?: 'trigger' | 'retry' | 'manual';
	resumeToken?: string;
	/** More nodes of the workflow, without connections. */
	others?: INode[];
	/** More node types, by their full names. */
	types?: Record<string, INodeType>;
}

export interface RunResult {
	/** The items of the node's first output. */
	items: INodeExecutionData[];
	json: IDataObject[];
	/** The items of all outputs. */
	outputs: INodeExecutionData[][];
	error?: { message: string; description?: string; httpCode?: string; context?: IDataObject };
	run: IRun;
	workflow: Workflow;
}

const TYPE_PREFIX = 'n8n-nodes-sms-gateways.';

class Start implements INodeType {
	description = {
		displayName: 'Start',
		name: 'start',
		group: ['trigger'],
		version: 1,
		description: '',
		defaults: { name: 'Start' },
		inputs: [],
		outputs: ['main'],
		properties: [],
	} as unknown as INodeType['description'];

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

class Credentials extends ICredentialsHelper {
	constructor(private readonly values: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	getParentTypes(): string[] {
		return [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		_credentials: ICredentialDataDecryptedObject,
		_type: string,
		options: IHttpRequestOptions,
	) {
		return options;
	}

	async preAuthentication() {
		return undefined;
	}

	async runPreAuthentication() {
		return undefined;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by nodes');
	}

	async getDecrypted(
		_data: IWorkflowExecuteAdditionalData,
		_details: INodeCredentialsDetails,
		type: string,
	) {
		return this.values[type];
	}

	async updateCredentials() {}

	async updateCredentialsOauthTokenData() {}

	getCredentialsProperties(): INodeProperties[] {
		return [];
	}
}

/** n8n's additional data for a workflow, with these credentials by type. */
export function additionalDataFor(
	credentials: Record<string, ICredentialDataDecryptedObject>,
): IWorkflowExecuteAdditionalData {
	const base = 'http://127.0.0.1:5678';
	return {
		credentialsHelper: new Credentials(credentials),
		hooks: new ExecutionLifecycleHooks('trigger', '1', {} as never),
		executionId: '1',
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		formBaseUrl: `${base}/form`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		formTestBaseUrl: `${base}/form-test`,
		webhookBaseUrl: `${base}/webhook`,
		webhookWaitingBaseUrl: `${base}/webhook-waiting`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		currentNodeExecutionIndex: 0,
		variables: {},
		setExecutionStatus: () => {},
		logAiEvent: () => {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** A workflow `Start -> Node`. */
export function workflowWith(options: RunOptions): Workflow {
	const { node, parameters, credentials = {}, settings = {}, staticData } = options;
	const { name } = node.description;
	const start = new Start();
	const nodeTypes: INodeTypes = {
		getByName: (type) => (type === 'test.start' ? start : (options.types?.[type] ?? node)),
		getByNameAndVersion: (type) =>
			type === 'test.start' ? start : (options.types?.[type] ?? node),
		getKnownTypes: () => ({}),
	};
	const resolved = NodeHelpers.getNodeParameters(
		node.description.properties,
		parameters,
		true,
		false,
		{ typeVersion: 1 },
		node.description,
	);
	return new Workflow({
		id: 'workflow-1',
		name: 'Workflow',
		active: false,
		nodeTypes,
		settings: { timezone: options.timezone ?? 'UTC' },
		staticData,
		nodes: [
			{
				id: 'start-1',
				name: 'Start',
				type: 'test.start',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node-1',
				name: 'Node',
				type: `${TYPE_PREFIX}${name}`,
				typeVersion: 1,
				position: [200, 0],
				parameters: { ...resolved },
				credentials: Object.fromEntries(
					Object.keys(credentials).map((type) => [type, { id: type, name: type }]),
				),
				...settings,
			},
			...(options.others ?? []),
		],
		connections: { Start: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
	});
}

/** Runs the node once with the items and returns its outputs. */
export async function runNode(options: RunOptions): Promise<RunResult> {
	const workflow = workflowWith(options);
	const input = options.input ?? (options.items ?? [{}]).map((json) => ({ json }));
	const start: IExecuteData = {
		node: workflow.getNode('Start') as INode,
		data: { main: [input] },
		source: null,
	};
	const { mode = 'trigger', resumeToken } = options;
	const data = createRunExecutionData({
		executionData: { nodeExecutionStack: [start] },
		...(resumeToken && { resumeToken }),
	});
	const additionalData = additionalDataFor(options.credentials ?? {});
	const execution = new WorkflowExecute(additionalData, mode, data);
	const run = await execution.processRunExecutionData(workflow);
	const lastRun = run.data.resultData.runData.Node?.at(-1);
	const outputs = (lastRun?.data?.main ?? []).map((items) => items ?? []);
	const items = outputs[0] ?? [];
	return {
		items,
		outputs,
		json: items.map(({ json }) => json),
		error: (lastRun?.error ?? run.data.resultData.error) as RunResult['error'],
		run,
		workflow,
	};
}
