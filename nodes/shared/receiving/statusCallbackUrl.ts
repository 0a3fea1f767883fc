import { type IExecuteFunctions, type INode, NodeHelpers } from 'n8n-workflow';
import { throwInvalidInput } from '../errors/failure';
import { quoted } from '../errors/quoted';
import { maskUrlSecrets } from '../errors/redact';
import { getOwn } from '../formats/values';
import { withoutToolSuffix } from '../host/agentTool';
import { addHint, internalsOf } from '../host/internals';
import type { EventName } from '../model/event';
import { isWebUrl } from '../input/webUrl';
import type { Item } from '../input/item';
import { normalizeInput } from '../input/normalizeInput';
import { POSTBACK_PATH } from '../provider/provider';
import { isSameUrl, withToken } from './tokenUrl';
import { selects } from './triggerParameters';
import { triggerUrlsOf } from './triggerUrls';

/** A trigger of the provider in this workflow. */
interface Trigger {
	url: string;
	/** Undefined if n8n does not show the nodes of the workflow. */
	node?: INode;
}

/**
 * The triggers of the provider in this workflow, with their URLs. They stored these in the
 * workflow's static data. A worker in queue mode gets no static data with an execution, so there
 * the URL is built from the node.
 */
function triggersOf(context: IExecuteFunctions): Trigger[] {
	const { workflow, additionalData } = internalsOf(context);
	const type = `${withoutToolSuffix(context.getNode().type)}Trigger`;
	const nodes = Object.values(workflow?.nodes ?? {}).filter((node) => node.type === type);
	const stored = new Map(Object.entries(getOwn(triggerUrlsOf(context), type) ?? {}));
	// a worker does not know whether the workflow is published: it is if a trigger or a webhook has
	// started it, and usually if an execution is retried
	const isPublished = ['trigger', 'webhook', 'retry'].includes(context.getMode());
	const base = isPublished && stored.size === 0 ? additionalData?.webhookBaseUrl : undefined;
	const urlOf = (node: INode) =>
		stored.get(node.id) ??
		(base && node.webhookId && !node.disabled
			? NodeHelpers.getNodeWebhookUrl(base, String(context.getWorkflow().id), node, POSTBACK_PATH)
			: undefined);
	const triggers = nodes.flatMap((node) => {
		const url = urlOf(node);
		return url ? [{ url, node }] : [];
	});
	const ids = new Set(nodes.map(({ id }) => id));
	const withoutNode = [...stored].filter(([id]) => !ids.has(id)).map(([, url]) => ({ url }));
	return [...triggers, ...withoutNode];
}

/** Why a trigger would not get the status of a message, or would drop it; undefined if it fits. */
function mismatchOf(
	{ node }: Trigger,
	context: IExecuteFunctions,
	events: readonly EventName[],
): string | undefined {
	if (!node) return undefined;
	const name = `"${node.name}"`;
	if (node.disabled) return `${name} is deactivated`;
	if (!events.some((event) => selects(node.parameters.events, event))) {
		return `${name} is not set to Message Status in Trigger On`;
	}
	const nodeCredentials = context.getNode().credentials ?? {};
	const differs = Object.entries(node.credentials ?? {}).some(([type, { id }]) => {
		const credential = getOwn(nodeCredentials, type);
		return credential !== undefined && credential.id !== id;
	});
	return differs ? `${name} uses a different credential than this node` : undefined;
}

/** The URL of the trigger that gets the status of a message. @throws Failure if none is suitable */
function triggerUrl(item: Item, events: readonly EventName[]): string {
	const { context, index } = item;
	const triggers = triggersOf(context);
	const suitable = triggers.filter((trigger) => mismatchOf(trigger, context, events) === undefined);
	const getsStatus = ({ node }: Trigger) => selects(node?.parameters.events, 'message.status');
	const first = suitable.find(getsStatus) ?? suitable[0];
	if (first) {
		if (suitable.length > 1 && index === 0 && first.node) {
			addHint(
				context,
				`Several triggers in this workflow can receive the status of these messages. It is posted to "${first.node.name}".`,
			);
		}
		return first.url;
	}
	const reasons = triggers.flatMap((trigger) => mismatchOf(trigger, context, events) ?? []);
	return throwInvalidInput(
		reasons.length > 0
			? `Status Updates are set to the trigger in this workflow, but no trigger is suitable: ${reasons.join('; ')}`
			: 'Status Updates are set to the trigger in this workflow, but it has no active trigger',
		'Add the trigger node of this provider to this workflow, with the same credential and with Message Status in Trigger On, and publish the workflow. Or choose another option in Status Updates. A test run of the trigger does not count.',
	);
}

/**
 * The URL that the provider is to post the status of this message to (parameters `statusUpdates`
 * and `statusUrl`); undefined for none. Only the URL of a trigger of this provider in this workflow
 * gets the token, because every other URL would show the token to people who can read its requests.
 *
 * @param events what the provider posts to this URL; a suitable trigger is set to one of these
 * @throws Failure if the workflow has no suitable trigger, or the URL is not valid
 */
export function statusCallbackUrl(
	item: Item,
	token: string | undefined,
	events: readonly EventName[] = ['message.status'],
): string | undefined {
	const url = chosenUrl(item, token, events);
	return url && maskUrlSecrets(item.context, url);
}

function chosenUrl(
	item: Item,
	token: string | undefined,
	events: readonly EventName[],
): string | undefined {
	const choice = item.choice('statusUpdates', ['none', 'trigger', 'url'], 'none');
	if (choice === 'trigger') return withToken(triggerUrl(item, events), token);
	if (choice !== 'url') return undefined;
	const url = normalizeInput(item.text('statusUrl'));
	if (!isWebUrl(url)) {
		throwInvalidInput(
			`The Status URL ${quoted(url)} is not a web address`,
			'Enter a full URL that starts with https:// and that the provider can reach.',
		);
	}
	const isTrigger = triggersOf(item.context).some((trigger) => isSameUrl(trigger.url, url));
	const hasToken = new URL(url).searchParams.has('token');
	return isTrigger && !hasToken ? withToken(url, token) : url;
}
