import { NodeHelpers } from 'n8n-workflow';
import type { IDataObject, IExecuteFunctions, IHookFunctions, INode } from 'n8n-workflow';
import { failInput } from './errors';
import type { Item } from './item';
import { isTestRun, postbackWebhook } from './trigger';

/** Trigger addresses of a workflow, by node type and node id, in its static data. */
type Addresses = Record<string, Record<string, string>>;

function addressesOf(context: IHookFunctions | IExecuteFunctions): Addresses {
	const store = context.getWorkflowStaticData('global') as IDataObject & {
		smsTriggers?: Addresses;
	};
	store.smsTriggers ??= {};
	return store.smsTriggers;
}

/**
 * Leaves the trigger's address where send operations of the same workflow find it. A test address
 * is not kept: it is gone as soon as the test run ends. The token stays out, since static data is
 * part of an exported workflow.
 */
export function rememberAddress(context: IHookFunctions): void {
	const url = context.getNodeWebhookUrl('default');
	if (!url || isTestRun(context)) return;
	const { type, id } = context.getNode();
	const addresses = addressesOf(context);
	addresses[type] = { ...addresses[type], [id]: url };
}

/** Whether the address that is kept is the one the trigger has now. */
export function isRemembered(context: IHookFunctions): boolean {
	const { type, id } = context.getNode();
	return (
		isTestRun(context) || addressesOf(context)[type]?.[id] === context.getNodeWebhookUrl('default')
	);
}

export function forgetAddress(context: IHookFunctions): void {
	if (isTestRun(context)) return;
	const { type, id } = context.getNode();
	const addresses = addressesOf(context);
	if (!addresses[type]) return;
	addresses[type] = Object.fromEntries(
		Object.entries(addresses[type]).filter(([nodeId]) => nodeId !== id),
	);
}

/** What n8n's contexts hold beside the interface that nodes are given. */
interface Inside {
	workflow?: { nodes?: Record<string, INode> };
	additionalData?: { webhookBaseUrl?: string };
}

/**
 * The address of the active trigger of that type in this workflow. A worker of queue mode gets no
 * static data with an execution, so there it is made from the trigger's node as n8n makes it.
 */
function triggerAddress(context: IExecuteFunctions, type: string): string | undefined {
	const [kept] = Object.values(addressesOf(context)[type] ?? {});
	const { workflow, additionalData } = context as unknown as Inside;
	// what a trigger or webhook has started is published; a worker is not told so otherwise
	const isPublished = ['trigger', 'webhook'].includes(context.getMode());
	if (kept || !isPublished || !additionalData?.webhookBaseUrl) return kept;
	const trigger = Object.values(workflow?.nodes ?? {}).find(
		(node) => node.type === type && !node.disabled && node.webhookId,
	);
	return (
		trigger &&
		NodeHelpers.getNodeWebhookUrl(
			additionalData.webhookBaseUrl,
			String(context.getWorkflow().id),
			trigger,
			postbackWebhook.path,
		)
	);
}

/** An address with the token by which the trigger knows who may post to it. */
export function withToken(address: string, token: string | undefined): string {
	if (!token) return address;
	const url = new URL(address);
	url.searchParams.set('token', token);
	return url.toString();
}

/** The same address without the token. */
export function withoutToken(address: string): string {
	const url = new URL(address);
	url.searchParams.delete('token');
	return url.toString();
}

/** Whether two addresses lead to the same place; the query, which holds the token, may differ. */
export function sameAddress(one: string | null, other: string): boolean {
	if (one === null || !URL.canParse(one) || !URL.canParse(other)) return one === other;
	const [a, b] = [new URL(one), new URL(other)];
	return a.origin === b.origin && a.pathname === b.pathname;
}

function originOf(address: string): string | undefined {
	return URL.canParse(address) ? new URL(address).origin : undefined;
}

/**
 * The address that the provider shall post this message's status to, or undefined for none
 * (fields `statusUpdates` and `statusUrl`). Addresses of this n8n carry the token.
 *
 * @throws Failure where the workflow has no active trigger, or the address is none
 */
export function statusAddress(item: Item, token: string | undefined): string | undefined {
	const { context } = item;
	const choice = item.parameter<string>('statusUpdates', 'none');
	if (choice === 'trigger') {
		// as a tool of an agent the node's type ends in Tool
		const type = `${context.getNode().type.replace(/Tool$/, '')}Trigger`;
		const address = triggerAddress(context, type);
		if (!address) {
			failInput(
				'Status Updates are set to the trigger in this workflow, but it has none that is active',
				'Add the trigger node of this provider to this workflow and publish the workflow, or choose another way for Status Updates. A test run of the trigger does not count.',
			);
		}
		return withToken(address, token);
	}
	if (choice !== 'url') return undefined;
	const address = item.text('statusUrl').trim();
	const origin = originOf(address);
	if (!origin || !/^https?:/.test(address)) {
		failInput(
			`The Status URL "${address}" is not a web address`,
			'Give a whole address that starts with https:// and that the provider can reach.',
		);
	}
	const own = originOf(
		String(context.evaluateExpression('{{ $execution.resumeUrl }}', item.index)),
	);
	return origin === own && !new URL(address).searchParams.has('token')
		? withToken(address, token)
		: address;
}
