import type { IDataObject, IExecuteFunctions, IHookFunctions } from 'n8n-workflow';
import { isTestRun } from './trigger';

/** The addresses of a workflow's triggers, where its other nodes find them. */

/** Trigger addresses of a workflow, by node type and node id, in its static data. */
type Addresses = Record<string, Record<string, string>>;

export function addressesOf(context: IHookFunctions | IExecuteFunctions): Addresses {
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
