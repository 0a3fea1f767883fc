import { WebhookContext, WorkflowExecute } from 'n8n-core';
import { createRunExecutionData, NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IRun,
	IWebhookData,
} from 'n8n-workflow';
import { additionalDataFor } from './engine';

/**
 * Runs a node of this package as a tool that n8n runs in its own process, not in its engine: tools of
 * agents before version 3 and of sub-agents, and of the MCP Server Trigger. n8n's real code connects
 * the tool, reads its arguments, repeats it and reports its errors. The model is a script.
 */

export interface ToolOptions {
	node: INodeType;
	parameters: INodeParameters;
	credentials: Record<string, ICredentialDataDecryptedObject>;
	/** Settings of the tool, such as `retryOnFail`, `maxTries`. */
	settings?: Partial<INode>;
}

/** What the model hears: the tool's response, parsed, or the message of its error. */
export type Heard = { response: IDataObject[] } | { error: string };

export interface Tool {
	call(args: IDataObject): Promise<Heard>;
}

/**
 * The part of the model.
 *
 * @param connect returns the tool as an agent gets it for one of its items
 */
export type Script = (connect: () => Promise<Tool>) => Promise<Heard[]>;

/** The tool as n8n's agent code sees it. */
interface ConnectedTool {
	invoke(args: IDataObject): Promise<unknown>;
}

const PREFIX = 'n8n-nodes-sms-gateways.';

/** A node type as n8n presents it under its name with `Tool` (node-types.js, ai-tools.js). */
export function asTool(node: INodeType): INodeType {
	const { description } = node;
	const properties = { value: Object.create(description.properties) as unknown };
	const toolDescription = Object.assign(Object.create(description, { properties }) as object, {
		name: `${description.name}Tool`,
		displayName: `${description.displayName} Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	});
	return Object.create(node, { description: { value: toolDescription } }) as INodeType;
}

const typeWith = (name: string, inputs: unknown[], more: Partial<INodeType> = {}) =>
	({
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: '',
			defaults: { name },
			inputs,
			outputs: ['main'],
			properties: [],
		},
		...more,
	}) as unknown as INodeType;

/** A workflow in which a parent node, after `Start`, has the tool. */
function workflowOf(options: ToolOptions, parentType: INodeType): Workflow {
	const { node, parameters, credentials, settings = {} } = options;
	const tool = asTool(node);
	const start = typeWith('Start', []);
	start.execute = async function (this: IExecuteFunctions) {
		return [this.getInputData()];
	};
	const types: Record<string, INodeType> = {
		'test.start': start,
		'test.parent': parentType,
		[`${PREFIX}${tool.description.name}`]: tool,
	};
	const nodeOf = (name: string, type: string, more: Partial<INode> = {}): INode => ({
		id: `${name.toLowerCase()}-1`,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const description = tool.description;
	const resolved = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		true,
		false,
		{ typeVersion: 1 },
		description,
	);
	return new Workflow({
		id: 'workflow-1',
		active: false,
		nodeTypes: {
			getByName: (type) => types[type],
			getByNameAndVersion: (type) => types[type],
			getKnownTypes: () => ({}),
		},
		settings: { timezone: 'UTC' },
		nodes: [
			nodeOf('Start', 'test.start'),
			nodeOf('Parent', 'test.parent'),
			nodeOf('Node', `${PREFIX}${description.name}`, {
				parameters: { ...resolved },
				credentials: Object.fromEntries(
					Object.keys(credentials).map((type) => [type, { id: type, name: type }]),
				),
				...settings,
			}),
		],
		connections: {
			Start: { main: [[{ node: 'Parent', type: 'main', index: 0 }]] },
			Node: { ai_tool: [[{ node: 'Parent', type: 'ai_tool', index: 0 }]] },
		},
	});
}

/** The only tool that is connected to a node. */
async function toolOf(context: IExecuteFunctions | WebhookContext): Promise<Tool> {
	const connected = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
	const [tool] = connected as ConnectedTool[];
	return {
		async call(args) {
			try {
				return { response: JSON.parse(String(await tool.invoke(args))) as IDataObject[] };
			} catch (error) {
				return { error: (error as Error).message };
			}
		},
	};
}

export interface AgentRun {
	/** What the model heard, in the order in which the script returned it. */
	heard: Heard[];
	run: IRun;
}

/** Runs an agent of a version before 3 in n8n's engine. */
export async function runAgent(options: ToolOptions, script: Script): Promise<AgentRun> {
	let heard: Heard[] = [];
	const agent = typeWith('Agent', ['main', { type: NodeConnectionTypes.AiTool }], {
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			heard = await script(async () => await toolOf(this));
			return [this.getInputData()];
		},
	});
	const workflow = workflowOf(options, agent);
	const start: IExecuteData = {
		node: workflow.getNode('Start') as INode,
		data: { main: [[{ json: {} }]] },
		source: null,
	};
	const data = createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });
	const additionalData = additionalDataFor(options.credentials);
	const execution = new WorkflowExecute(additionalData, 'trigger', data);
	const run = await execution.processRunExecutionData(workflow);
	const { error } = run.data.resultData;
	// a tool's error is heard by the script, so this is an error of the harness
	if (error) throw error;
	return { heard, run };
}

/** Calls the tool as n8n's MCP Server Trigger does for one request. It has no execution to store. */
export async function callThroughMcp(options: ToolOptions, script: Script): Promise<Heard[]> {
	const trigger = typeWith('MCP Server Trigger', [{ type: NodeConnectionTypes.AiTool }]);
	const workflow = workflowOf(options, trigger);
	const context = new WebhookContext(
		workflow,
		workflow.getNode('Parent') as INode,
		{
			...additionalDataFor(options.credentials),
			httpRequest: { body: {}, headers: {}, params: {}, query: {} },
		} as never,
		'webhook',
		{ webhookDescription: {} } as IWebhookData,
		[],
		null,
	);
	return await script(async () => await toolOf(context));
}
