import type { IHookFunctions } from 'n8n-workflow';
import { Failure, rethrow, messageOf } from '../shared/errors/failure';
import { coerceText } from '../shared/input/coerce';
import type { Registration } from '../shared/provider/provider';
import { isSameUrl, withToken } from '../shared/receiving/tokenUrl';
import { selectedEvents } from '../shared/receiving/triggerParameters';
import { type Api, connect } from './api/connection';
import {
	createWebhook,
	getWebhooks,
	removeWebhook,
	type Webhook,
	WEBHOOK_MAY_EXIST,
} from './api/webhooks';
import { canonicalEventName, eventsToRegister } from './events';
import { domainField } from './fields';
import { requireDomain } from './requireDomain';

/** Keeps one webhook at Wooxy for each URL of the trigger, with its domain and events. */

/** Ids by the trigger's URL; a test run has another URL. The token is not stored in static data. */
type Ids = Record<string, number>;

function idsOf(context: IHookFunctions): Ids {
	const store = context.getWorkflowStaticData('node') as { webhookIds?: Ids };
	store.webhookIds ??= {};
	return store.webhookIds;
}

/** The webhook to register. */
interface Target extends Omit<Webhook, 'id'> {
	/** Its URL without the token. */
	address: string;
}

function readTarget(context: IHookFunctions, api: Api): Target {
	const address = context.getNodeWebhookUrl('default') as string;
	const selected = selectedEvents(context);
	const domain = context.getNodeParameter('domain', '', { extractValue: true });
	return {
		address,
		url: withToken(address, api.postbackToken),
		domain: requireDomain(coerceText(domain, domainField.displayName).trim()),
		events: eventsToRegister(selected ?? []),
	};
}

/** The webhooks that post to an address, whatever token is in their URLs. */
async function findWebhooks(api: Api, address: string): Promise<Webhook[]> {
	return (await getWebhooks(api)).filter(({ url }) => isSameUrl(url, address));
}

function matches(webhook: Webhook, { url, domain, events }: Target): boolean {
	const sorted = (names: string[]) => names.map(canonicalEventName).sort().join();
	return (
		webhook.url === url &&
		webhook.domain.toLowerCase() === domain.toLowerCase() &&
		sorted(webhook.events) === sorted(events)
	);
}

/** Whether Wooxy posts exactly the selected events of the domain to this trigger. */
async function isRegistered(context: IHookFunctions, api: Api): Promise<boolean> {
	const target = readTarget(context, api);
	const webhooks = await findWebhooks(api, target.address);
	// two webhooks would deliver each event twice
	if (webhooks.length !== 1 || !matches(webhooks[0], target)) return false;
	idsOf(context)[target.address] = webhooks[0].id;
	return true;
}

/**
 * Creates the webhook unless it exists, and removes outdated ones of the same address. If the
 * response to the creation is lost, the webhook is looked up. A failed registration leaves no
 * webhook behind, unless that look-up fails too.
 */
async function register(context: IHookFunctions, api: Api): Promise<void> {
	const target = readTarget(context, api);
	const { address, url, domain, events } = target;
	const { name = '' } = context.getWorkflow();
	const title = `n8n: ${name}`.slice(0, 100);
	const create = async () => {
		try {
			const created = await createWebhook(api, { title, url, domain, events });
			return (await keepOneOfTwo(api, target)) ?? created;
		} catch (error) {
			return await findCreated(api, target, error);
		}
	};
	idsOf(context)[address] = ((await keepOne(api, target)) ?? (await create())).id;
}

/** `keepOne` after a creation: another main instance of n8n may have created one at that time. */
async function keepOneOfTwo(api: Api, target: Target): Promise<Webhook | undefined> {
	try {
		return await keepOne(api, target);
	} catch (error) {
		// the created webhook exists anyway; if there is a second one, the next activation finds both
		return error instanceof Failure ? undefined : rethrow(error);
	}
}

/**
 * Keeps one webhook of the address that matches, and removes all others. Of several that match, it
 * keeps the oldest, so that instances that do this at the same time keep the same one.
 */
async function keepOne(api: Api, target: Target): Promise<Webhook | undefined> {
	const webhooks = await findWebhooks(api, target.address);
	const [kept] = webhooks.filter((webhook) => matches(webhook, target)).sort((a, b) => a.id - b.id);
	const others = webhooks.filter((webhook) => webhook !== kept);
	await removeAll(api, others);
	return kept;
}

/**
 * Finds the webhook that was created by a request whose response was lost.
 *
 * @throws Failure that says whether the webhook was not created, or may exist
 */
async function findCreated(api: Api, target: Target, error: unknown): Promise<Webhook> {
	if (!(error instanceof Failure) || error.kind !== 'ambiguous') return rethrow(error);
	try {
		const kept = await keepOne(api, target);
		if (kept) return kept;
	} catch (lookUpError) {
		const message = `${error.message}, and looking it up failed: ${messageOf(lookUpError)}`;
		return rethrow(error.with({ message }));
	}
	return rethrow(
		error.with({
			kind: 'unavailable',
			message: error.message.replace(WEBHOOK_MAY_EXIST, 'The webhook was not created'),
			description: 'Wooxy has no webhook for this trigger. Publish the workflow again.',
		}),
	);
}

/** Removes the webhooks that post to this trigger, and no others. */
async function unregister(context: IHookFunctions, api: Api): Promise<void> {
	const ids = idsOf(context);
	const address = context.getNodeWebhookUrl('default') as string;
	await removeAll(api, await findRegistered(api, address, ids[address]));
	delete ids[address];
}

/** Looks for the address. The stored ID is a fallback: another webhook may have it by now. */
async function findRegistered(
	api: Api,
	address: string,
	id: number | undefined,
): Promise<Array<Pick<Webhook, 'id'>>> {
	try {
		return await findWebhooks(api, address);
	} catch (error) {
		return id === undefined ? rethrow(error) : [{ id }];
	}
}

async function removeAll(api: Api, webhooks: Array<Pick<Webhook, 'id'>>): Promise<void> {
	for (const { id } of webhooks) await removeWebhook(api, id);
}

/** Registers the trigger's URL as a webhook. */
export const registration: Registration = {
	isRegistered: async (context) => await isRegistered(context, await connect(context)),
	register: async (context) => await register(context, await connect(context)),
	unregister: async (context) => await unregister(context, await connect(context)),
};
