import type { IHookFunctions } from 'n8n-workflow';
import { sameAddress, withToken } from '../shared/address';
import { Failure, rethrow, wordsOf } from '../shared/errors';
import type { Registration } from '../shared/postbacks';
import { connect } from './api/connection';
import type { Api } from './api/connection';
import { createWebhook, getWebhooks, MAY_BE_CREATED, removeWebhook } from './api/webhooks';
import type { Webhook } from './api/webhooks';
import { requireDomain } from './domains';
import { comparable, eventsToRegister } from './events';

/** The trigger's webhook at Wooxy: one for its address, with its domain and events. */

/** Ids by address; a test run has an address of its own. The token stays out of static data. */
type Ids = Record<string, number>;

function idsOf(context: IHookFunctions): Ids {
	const store = context.getWorkflowStaticData('node') as { webhookIds?: Ids };
	store.webhookIds ??= {};
	return store.webhookIds;
}

type Target = Omit<Webhook, 'id'> & { address: string };

function wanted(context: IHookFunctions, api: Api): Target {
	const address = context.getNodeWebhookUrl('default') as string;
	const selected = context.getNodeParameter('events', []) as string[];
	const domain = context.getNodeParameter('domain', '', { extractValue: true });
	return {
		address,
		url: withToken(address, api.postbackToken),
		domain: requireDomain(String(domain ?? '').trim()),
		events: eventsToRegister(selected),
	};
}

async function ownWebhooks(api: Api, address: string): Promise<Webhook[]> {
	return (await getWebhooks(api)).filter(({ url }) => sameAddress(url, address));
}

function matches(webhook: Webhook, { url, domain, events }: Omit<Webhook, 'id'>): boolean {
	const sorted = (names: string[]) => names.map(comparable).sort().join();
	return (
		webhook.url === url &&
		webhook.domain.toLowerCase() === domain.toLowerCase() &&
		sorted(webhook.events) === sorted(events)
	);
}

/** Whether Wooxy posts exactly the wanted events of the domain to this trigger. */
async function isRegistered(context: IHookFunctions, api: Api): Promise<boolean> {
	const target = wanted(context, api);
	const own = await ownWebhooks(api, target.address);
	// two of them would deliver each event twice
	if (own.length !== 1 || !matches(own[0], target)) return false;
	idsOf(context)[target.address] = own[0].id;
	return true;
}

/**
 * Creates the webhook unless it is there, and removes outdated ones of the same address. When that
 * fails nothing is left over; where the answer is lost, the webhook is looked for.
 */
async function register(context: IHookFunctions, api: Api): Promise<void> {
	const target = wanted(context, api);
	const { address, url, domain, events } = target;
	const { name = '' } = context.getWorkflow();
	const title = `n8n: ${name}`.slice(0, 100);
	const create = async () => {
		try {
			const created = await createWebhook(api, { title, url, domain, events });
			return (await keptOfTwo(api, target)) ?? created;
		} catch (error) {
			return await createdAfterAll(api, target, error);
		}
	};
	idsOf(context)[address] = ((await keepOne(api, target)) ?? (await create())).id;
}

/** Another main instance of n8n may have created one at the same time. */
async function keptOfTwo(api: Api, target: Target): Promise<Webhook | undefined> {
	try {
		return await keepOne(api, target);
	} catch (error) {
		// ours is there all the same, and the next activation finds two
		return error instanceof Failure ? undefined : rethrow(error);
	}
}

/**
 * Of the webhooks of the address, leaves the one that is wanted; of several, the oldest, so that all
 * who do this at once leave the same one.
 */
async function keepOne(api: Api, target: Target): Promise<Webhook | undefined> {
	const own = await ownWebhooks(api, target.address);
	const [kept] = own.filter((one) => matches(one, target)).sort((a, b) => a.id - b.id);
	await removeAll(
		api,
		own.filter((one) => one !== kept),
	);
	return kept;
}

/**
 * The webhook that a create with a lost answer left behind.
 *
 * @throws Failure that says what is the case: not created, nothing left over, or not known
 */
async function createdAfterAll(api: Api, target: Target, error: unknown): Promise<Webhook> {
	if (!(error instanceof Failure) || error.kind !== 'ambiguous') return rethrow(error);
	try {
		const kept = await keepOne(api, target);
		if (kept) return kept;
	} catch (second) {
		const why = wordsOf(second);
		return rethrow(error.with({ message: `${error.message}, and looking it up failed: ${why}` }));
	}
	return rethrow(
		error.with({
			kind: 'unavailable',
			message: error.message.replace(MAY_BE_CREATED, 'The webhook was not created'),
			description: 'Nothing was left over at Wooxy. Activate the workflow again.',
		}),
	);
}

/** Removes what posts to this trigger; never a webhook with another address. */
async function unregister(context: IHookFunctions, api: Api): Promise<void> {
	const ids = idsOf(context);
	const address = context.getNodeWebhookUrl('default') as string;
	await removeAll(api, await registeredAs(api, address, ids[address]));
	delete ids[address];
}

/** By address, since an id of long ago may be another's now; by the id where no list is to be had. */
async function registeredAs(
	api: Api,
	address: string,
	id: number | undefined,
): Promise<Array<Pick<Webhook, 'id'>>> {
	try {
		return await ownWebhooks(api, address);
	} catch (error) {
		return id === undefined ? rethrow(error) : [{ id }];
	}
}

async function removeAll(api: Api, webhooks: Array<Pick<Webhook, 'id'>>): Promise<void> {
	for (const { id } of webhooks) await removeWebhook(api, id);
}

/** As the trigger needs it. */
export const registration: Registration = {
	isRegistered: async (context) => await isRegistered(context, await connect(context)),
	register: async (context) => await register(context, await connect(context)),
	unregister: async (context) => await unregister(context, await connect(context)),
};
