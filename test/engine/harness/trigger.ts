/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeParameters,
	INodeType,
	IWebhookData,
	Workflow,
} from 'n8n-workflow';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { additionalDataFor, workflowWith } from './engine';

/**
 * Hosts a trigger of this package as n8n does. Its hooks run in n8n's hook context. Requests to its
 * URL reach `webhook()` in n8n's webhook context, over real HTTP.
 */
export class TriggerHost {
	/** The items with which each execution started. */
	readonly executions: IDataObject[][] = [];

	staticData: IDataObject = {};

	/** Stands for n8n's database; throws if it is unavailable. */
	store: () => Promise<void> = async () => {};

	private testStaticData: IDataObject = {};

	private server?: Server;

	private base = '';

	constructor(
		private readonly node: INodeType,
		private readonly credentials: Record<string, ICredentialDataDecryptedObject>,
		/** Tests that edit the workflow change these. */
		public parameters: INodeParameters,
		private readonly webhookId = 'hook-1',
	) {}

	async listen(): Promise<this> {
		this.server = createServer((request, response) => void this.receive(request, response));
		await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
		this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
		return this;
	}

	async close(): Promise<void> {
		this.server?.closeAllConnections();
		await new Promise((resolve) => this.server?.close(resolve));
	}

	/** The URL without a token. */
	address(isTest = false): string {
		return `${this.base}/${isTest ? 'webhook-test' : 'webhook'}/${this.webhookId}/webhook`;
	}

	/**
	 * Activates as n8n does: creates only what does not exist. A test run has separate static data.
	 */
	async activate(isTest = false): Promise<void> {
		const { hooks, methods, workflow } = this.context(isTest, isTest ? {} : this.staticData);
		if (!(await methods.checkExists.call(hooks))) await methods.create.call(hooks);
		if (isTest) this.testStaticData = workflow.staticData;
		else this.staticData = workflow.staticData;
	}

	/** Creates like a second main instance of n8n that checked before the first one had created. */
	async createAgain(): Promise<void> {
		const { hooks, methods } = this.context(false, {});
		await methods.create.call(hooks);
	}

	async deactivate(isTest = false): Promise<void> {
		const staticData = isTest ? this.testStaticData : this.staticData;
		const { hooks, methods, workflow } = this.context(isTest, staticData, 'update');
		await methods.delete.call(hooks);
		if (!isTest) this.staticData = workflow.staticData;
	}

	private workflow(staticData = this.staticData): Workflow {
		return workflowWith({
			node: this.node,
			parameters: this.parameters,
			credentials: this.credentials,
			settings: { webhookId: this.webhookId },
			// n8n stores static data as JSON between activations
			staticData: JSON.parse(JSON.stringify(staticData)) as IDataObject,
		});
	}

	private get data() {
		return {
			...additionalDataFor(this.credentials),
			webhookBaseUrl: `${this.base}/webhook`,
			webhookTestBaseUrl: `${this.base}/webhook-test`,
		};
	}

	private context(isTest: boolean, staticData: IDataObject, change?: 'update') {
		const methods = this.node.webhookMethods?.default;
		if (!methods) throw new Error('This node has no webhook methods');
		const workflow = this.workflow(staticData);
		// the mode does not tell that a test run ends
		const mode = change ? 'internal' : isTest ? 'manual' : 'trigger';
		const hooks = new HookContext(
			workflow,
			workflow.getNode('Node') as INode,
			this.data,
			mode,
			change ?? (isTest ? 'manual' : 'activate'),
			{ isTest } as IWebhookData,
		);
		return { hooks, methods, workflow };
	}

	private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { pathname, searchParams } = new URL(request.url ?? '/', this.base);
		if (!pathname.endsWith(`/${this.webhookId}/webhook`)) {
			response.writeHead(404).end();
			return;
		}
		const workflow = this.workflow();
		const httpRequest = Object.assign(request, {
			query: Object.fromEntries(searchParams),
			params: {},
			rawBody: undefined as Buffer | undefined,
			async readRawBody() {
				const chunks: Buffer[] = [];
				for await (const chunk of request) chunks.push(chunk as Buffer);
				httpRequest.rawBody = Buffer.concat(chunks);
			},
		});
		const httpResponse = Object.assign(response, {
			status(code: number) {
				response.statusCode = code;
				return httpResponse;
			},
			type(name: string) {
				response.setHeader('Content-Type', name);
				return httpResponse;
			},
			send(text: string) {
				response.end(text);
				return httpResponse;
			},
		});
		const context = new WebhookContext(
			workflow,
			workflow.getNode('Node') as INode,
			{ ...this.data, httpRequest, httpResponse } as never,
			'webhook',
			{ webhookDescription: this.node.description.webhooks?.[0] } as IWebhookData,
			[],
			null,
		);
		const result = await this.node.webhook?.call(context);
		const [items] = result?.workflowData ?? [];
		// if the node has not responded, n8n does when the execution is stored
		let status = 200;
		try {
			if (items) {
				await this.store();
				this.executions.push(items.map(({ json }) => json));
			}
		} catch {
			status = 500;
		}
		const body = String(this.node.description.webhooks?.[0].responseData ?? '');
		if (!result?.noWebhookResponse) response.writeHead(status).end(body === 'noData' ? '' : body);
	}
}
