import { NodeHelpers } from 'n8n-workflow';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { sameAddress, withToken } from './address';
import { failInput } from './errors';
import { addHint } from './hint';
import type { Item } from './item';
import { asTyped, quoted } from './pasted';
import { POSTBACK_PATH } from './trigger';
import { addressesOf } from './triggerAddress';
import { own } from './values';
import { plainType } from './tool';
import { inside } from './inside';

/** Where the status of a message is posted to. */

/** A trigger of the provider in this workflow. */
interface Trigger {
	address: string;
	/** Undefined where the host does not show the nodes of the workflow. */
	node?: INode;
}

/**
 * The triggers of the provider that have an address: the one they left, or, in a worker of queue
 * mode, which gets no static data with an execution, the one that n8n makes of the node.
 */
function triggersOf(context: IExecuteFunctions): Trigger[] {
	const { workflow, additionalData } = inside(context);
	const type = `${plainType(context.getNode().type)}Trigger`;
	const nodes = Object.values(workflow?.nodes ?? {}).filter((node) => node.type === type);
	const kept = new Map(Object.entries(own(addressesOf(context), type) ?? {}));
	// what a trigger or webhook has started is published, and so is most that n8n repeats; a worker is
	// not told so otherwise
	const isPublished = ['trigger', 'webhook', 'retry'].includes(context.getMode());
	const base = isPublished && kept.size === 0 ? additionalData?.webhookBaseUrl : undefined;
	const addressOf = (node: INode) =>
		kept.get(node.id) ??
		(base && node.webhookId && !node.disabled
			? NodeHelpers.getNodeWebhookUrl(base, String(context.getWorkflow().id), node, POSTBACK_PATH)
			: undefined);
	const known = nodes.flatMap((node) => {
		const address = addressOf(node);
		return address ? [{ address, node }] : [];
	});
	const ids = new Set(nodes.map(({ id }) => id));
	const others = [...kept].filter(([id]) => nodes.length === 0 || !ids.has(id));
	return [...known, ...others.map(([, address]) => ({ address }))];
}

/** Why a trigger would not get, or would drop, what becomes of a message; undefined if it takes it. */
function objectionTo({ node }: Trigger, context: IExecuteFunctions): string | undefined {
	if (!node) return undefined;
	const name = `"${node.name}"`;
	if (node.disabled) return `${name} is deactivated`;
	const { events } = node.parameters;
	if (Array.isArray(events) && !(events as unknown[]).includes('message.status')) {
		return `${name} is not set to Message Status in Trigger On`;
	}
	const mine = context.getNode().credentials ?? {};
	const differs = Object.entries(node.credentials ?? {}).some(
		([type, { id }]) => own(mine, type) !== undefined && own(mine, type)?.id !== id,
	);
	return differs ? `${name} has another credential than this node` : undefined;
}

/** The address of the trigger that is to get what becomes of a message. @throws Failure for none */
function triggerAddress(item: Item): string {
	const { context, index } = item;
	const all = triggersOf(context);
	const fitting = all.filter((trigger) => objectionTo(trigger, context) === undefined);
	const [first, ...others] = fitting;
	if (first) {
		if (others.length > 0 && index === 0 && first.node) {
			addHint(
				context,
				`Several triggers in this workflow take the status of these messages. It is posted to "${first.node.name}".`,
			);
		}
		return first.address;
	}
	const why = all.flatMap((trigger) => objectionTo(trigger, context) ?? []);
	return failInput(
		why.length > 0
			? `Status Updates are set to the trigger in this workflow, but none fits: ${why.join('; ')}`
			: 'Status Updates are set to the trigger in this workflow, but it has none that is active',
		'Add the trigger node of this provider to this workflow, with the same credential and Message Status in Trigger On, and publish the workflow; or choose another way for Status Updates. A test run of the trigger does not count.',
	);
}

/**
 * The address that the provider shall post this message's status to, or undefined for none
 * (fields `statusUpdates` and `statusUrl`). Only a trigger of this provider in this workflow gets the
 * token: every other address shows it to whoever reads its executions.
 *
 * @throws Failure where the workflow has no trigger that fits, or the address is none
 */
export function statusAddress(item: Item, token: string | undefined): string | undefined {
	const choice = item.choice('statusUpdates', ['none', 'trigger', 'url'], 'none');
	if (choice === 'trigger') return withToken(triggerAddress(item), token);
	if (choice !== 'url') return undefined;
	const address = asTyped(item.text('statusUrl'));
	if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
		failInput(
			`The Status URL ${quoted(address)} is not a web address`,
			'Give a whole address that starts with https:// and that the provider can reach.',
		);
	}
	const isTrigger = triggersOf(item.context).some((trigger) =>
		sameAddress(trigger.address, address),
	);
	const hasToken = new URL(address).searchParams.has('token');
	return isTrigger && !hasToken ? withToken(address, token) : address;
}
