import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { sameAddress, withoutToken, withToken } from '../shared/address';
import { fail, Failure, rethrow, wordsOf } from '../shared/errors';
import type { Registration } from '../shared/postbacks';
import { isTestRun } from '../shared/trigger';
import { readBoolean } from '../shared/typed';
import { own } from '../shared/values';
import { connect } from './api/connection';
import type { Api } from './api/connection';
import { getPostbackSettings, setPostbackEnabled, setPostbackUrl } from './api/postbackSettings';
import type { Scope } from './api/postbackSettings';
import { scopeFor } from './postbackSettings';
import { forget, keepInMind, foundBy, lasting, resolved, sameNode, UNSET } from './standing';
import type { Before } from './standing';

/** Register Automatically: CDYNE's postback addresses, set and put back. */

/** What is to be put back; kept in the node's static data until then. The token stays out of it. */
interface Registered {
	address: string;
	scope: Scope;
	before: Before;
}

function storeOf(context: IHookFunctions): { registration?: Registered } {
	return context.getWorkflowStaticData('node');
}

/** The types of postback that bring the events the user wants. */
const TYPES_OF: Readonly<Record<string, string[]>> = {
	'message.status': ['OutgoingMessage', 'DeliveryReceipt'],
	'message.received': ['IncomingMessage'],
	'contact.optedIn': ['IncomingMessage'],
	'contact.optedOut': ['IncomingMessage'],
	unknown: [],
};

function registersItself(context: IHookFunctions): boolean {
	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	// workflows that were saved before have it among the additional fields
	const { registerAutomatically: before } = fields;
	const chosen = context.getNodeParameter('registerAutomatically', false);
	const label = 'Register Automatically';
	return readBoolean(chosen, false, label) || readBoolean(before, false, label);
}

/** Whether there may be something to put back, also after Register Automatically was turned off. */
function mayBeRegistered(context: IHookFunctions): boolean {
	return registersItself(context) || storeOf(context).registration !== undefined;
}

function wanted(context: IHookFunctions, api: Api) {
	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	const events = context.getNodeParameter('events', []) as string[];
	const scope = scopeFor(
		String(fields.scope ?? 'licenseKey'),
		String(fields.phoneNumber ?? ''),
		String(fields.country ?? 'US'),
	);
	const types = [...new Set(events.flatMap((event) => own(TYPES_OF, event) ?? []))];
	const address = context.getNodeWebhookUrl('default') as string;
	const url = withToken(address, api.postbackToken);
	return {
		scope,
		types,
		address,
		url,
		replace: readBoolean(fields.replaceExisting, false, 'Replace Existing URL'),
	};
}

/** Addresses without their queries, which may hold secrets of others. */
function placesOf(addresses: Array<string | null>): string {
	const places = addresses.map((address) => {
		if (address === null || !URL.canParse(address)) return 'one that cannot be read';
		const { origin, pathname } = new URL(address);
		return origin + pathname;
	});
	return [...new Set(places)].join(' and ');
}

async function settingsByType(api: Api, scope: Scope): Promise<Before> {
	const settings = await getPostbackSettings(api, scope);
	return Object.fromEntries(
		settings.map(({ postbackType, url, enabled }) => [postbackType.name, { url, enabled }]),
	);
}

/** Whether CDYNE posts every wanted type to this trigger already, and what to put back is known. */
async function isRegistered(context: IHookFunctions, api: Api): Promise<boolean> {
	if (!storeOf(context).registration) return false;
	const { scope, types, url } = wanted(context, api);
	const now = await settingsByType(api, scope);
	return types.every((type) => now[type]?.enabled && now[type].url === url);
}

/**
 * Points the wanted types at this trigger. When one of them fails, those before it are put back.
 *
 * @throws Failure where an address that is not ours stands there and was not to be replaced
 */
async function register(context: IHookFunctions, api: Api): Promise<void> {
	const store = storeOf(context);
	// an earlier registration that was never undone knows what really stood there before
	if (store.registration) await unregister(context, api);
	const { scope, types, address, url, replace } = wanted(context, api);
	const now = await settingsByType(api, scope);
	const foreign = types.filter(
		(type) => now[type]?.enabled && now[type].url && !sameNode(now[type].url, address),
	);
	if (foreign.length > 0 && !replace) {
		fail({
			kind: 'rejected',
			message: `CDYNE already posts ${foreign.join(', ')} to another address, ${placesOf(foreign.map((type) => now[type].url))}. Turn on Replace Existing URL to take its place, or let one trigger pass the events on to several workflows`,
			description:
				'It was left alone. Turn on Replace Existing URL to take its place while this workflow is active (it is put back afterwards), or turn off Register Automatically and pass the events on from there.',
		});
	}
	// a test run gives way to the active workflow afterwards, but not the other way round
	const isOwn = isTestRun(context) ? sameAddress : sameNode;
	const registration: Registered = { address, scope, before: {} };
	store.registration = registration;
	const before: Before = {};
	keepInMind(address, before);
	try {
		for (const type of types) {
			const stands = now[type] ?? UNSET;
			const ours = stands.url !== null && sameNode(stands.url, address);
			// our own token stays out of static data; putting back adds it again
			const plain = ours ? { ...stands, url: withoutToken(stands.url as string) } : stands;
			before[type] = isOwn(stands.url, address) ? UNSET : plain;
			registration.before[type] = ours ? before[type] : lasting(before[type], address);
			await setPostbackUrl(api, scope, type, url);
			await setPostbackEnabled(api, scope, type, true);
		}
	} catch (error) {
		delete store.registration;
		await putBackAfter(error, api, registration);
	}
}

/** Puts back what stood there before, wherever our address still stands. */
async function unregister(context: IHookFunctions, api: Api): Promise<void> {
	const store = storeOf(context);
	const { registration } = store;
	const lost = Object.values(registration?.before ?? {}).find(({ isCut }) => isCut);
	if (registration && lost && !foundBy(registration.address)) {
		context.logger.warn(
			`CDYNE posted to ${lost.url} before this trigger took its place. Its query was not stored, so that address is not put back: set it again at CDYNE, for example with Postback Setting > Update.`,
		);
	}
	await putBack(api, registration ?? unknownBefore(context, api));
	delete store.registration;
}

/** Where nothing is known of what stood there, at least our own address is switched off. */
function unknownBefore(context: IHookFunctions, api: Api): Registered {
	const { address, scope, types } = wanted(context, api);
	return { address, scope, before: Object.fromEntries(types.map((type) => [type, UNSET])) };
}

async function putBack(api: Api, { address, scope, before }: Registered): Promise<void> {
	const now = await settingsByType(api, scope);
	const found = foundBy(address);
	forget(address);
	for (const [type, kept] of Object.entries(before)) {
		if (!sameAddress(now[type]?.url ?? null, address)) continue;
		const { url: previous, enabled } = resolved(kept, found?.[type], address);
		// an address can be replaced but not taken away: without one before, the type is switched off
		if (previous !== null) {
			const ours = sameNode(previous, address);
			const url = ours ? withToken(previous, api.postbackToken) : previous;
			await setPostbackUrl(api, scope, type, url);
		}
		await setPostbackEnabled(api, scope, type, previous !== null && enabled);
	}
}

/** Puts back, and fails with what went wrong before. */
async function putBackAfter(error: unknown, api: Api, registration: Registered): Promise<never> {
	try {
		await putBack(api, registration);
	} catch (second) {
		if (!(error instanceof Failure)) return rethrow(error);
		const why = wordsOf(second);
		return rethrow(
			error.with({
				message: `${error.message}, and what stood there before could not be put back: ${why}`,
				description:
					'Check the postback settings at CDYNE, for example with Postback Setting > Get Many.',
			}),
		);
	}
	return rethrow(error);
}

/** As the trigger needs it: nothing is asked of CDYNE where Register Automatically is off. */
export const registration: Registration = {
	async isRegistered(context) {
		return !registersItself(context) || (await isRegistered(context, await connect(context)));
	},
	async register(context) {
		if (registersItself(context)) await register(context, await connect(context));
	},
	async unregister(context) {
		if (mayBeRegistered(context)) await unregister(context, await connect(context));
	},
};
