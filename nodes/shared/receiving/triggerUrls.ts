import type { IExecuteFunctions, IHookFunctions } from 'n8n-workflow';
import { isTestRun } from '../host/internals';

/** The URLs of a workflow's triggers, stored in its static data for the nodes that send. */

/** URLs by node type and node id. */
type TriggerUrls = Record<string, Record<string, string>>;

export function triggerUrlsOf(context: IHookFunctions | IExecuteFunctions): TriggerUrls {
	const store = context.getWorkflowStaticData('global') as { smsTriggers?: TriggerUrls };
	store.smsTriggers ??= {};
	return store.smsTriggers;
}

/**
 * Stores the trigger's URL for the send operations of the same workflow. A test URL is not stored,
 * because it is valid during the test run only. The URL is stored without the token, because static
 * data is part of an exported workflow.
 */
export function rememberTriggerUrl(context: IHookFunctions): void {
	const url = context.getNodeWebhookUrl('default');
	if (!url || isTestRun(context)) return;
	const { type, id } = context.getNode();
	const urls = triggerUrlsOf(context);
	urls[type] = { ...urls[type], [id]: url };
}

/** Whether the stored URL is the current one; true in a test run, which stores none. */
export function isTriggerUrlRemembered(context: IHookFunctions): boolean {
	if (isTestRun(context)) return true;
	const { type, id } = context.getNode();
	return triggerUrlsOf(context)[type]?.[id] === context.getNodeWebhookUrl('default');
}

export function forgetTriggerUrl(context: IHookFunctions): void {
	if (isTestRun(context)) return;
	const { type, id } = context.getNode();
	const urls = triggerUrlsOf(context);
	if (!urls[type]) return;
	urls[type] = Object.fromEntries(Object.entries(urls[type]).filter(([nodeId]) => nodeId !== id));
}
