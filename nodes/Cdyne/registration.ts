import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { fail, Failure, rethrow } from '../shared/errors';
import { sameAddress, withoutToken, withToken } from '../shared/statusAddress';
import { isTestRun } from '../shared/trigger';
import { own } from '../shared/values';
import { getPostbackSettings, setPostbackEnabled, setPostbackUrl } from './api';
import type { Api, Scope } from './api';
import { scopeFor } from './postbackSettings';

/** Register Automatically: CDYNE's postback addresses, and what stood there before. */

/** What stood there before, by type. */
type Before = Record<string, { url: string | null; enabled: boolean }>;

/** What is to be put back; kept in the node's static data until then. The token stays out of it. */
interface Registration {
	address: string;
	scope: Scope;
	before: Before;
}

function storeOf(context: IHookFunctions): { registration?: Registration } {
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

export function registersItself(context: IHookFunctions): boolean {
	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	return fields.registerAutomatically === true;
}

/** Whether there may be something to put back, also after Register Automatically was turned off. */
export function mayBeRegistered(context: IHookFunctions): boolean {
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
	return { scope, types, address, url, replace: fields.replaceExisting === true };
}

/** A test run's address of the same node, or the node's own while a test run registers. */
function sameNode(one: string | null, other: string): boolean {
	const plain = (address: string) => address.replace('/webhook-test/', '/webhook/');
	return one !== null && sameAddress(plain(one), plain(other));
}

async function settingsByType(api: Api, scope: Scope): Promise<Before> {
	const settings = await getPostbackSettings(api, scope);
	return Object.fromEntries(
		settings.map(({ postbackType, url, enabled }) => [postbackType.name, { url, enabled }]),
	);
}

const UNSET = { url: null, enabled: false };

/** Whether CDYNE posts every wanted type to this trigger already, and what to put back is known. */
export async function isRegistered(context: IHookFunctions, api: Api): Promise<boolean> {
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
export async function register(context: IHookFunctions, api: Api): Promise<void> {
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
			message: `CDYNE already posts ${foreign.join(', ')} to another address`,
			description:
				'It was left alone. Turn on Replace Existing URL to take its place while this workflow is active (it is put back afterwards), or turn off Register Automatically and pass the events on from there.',
		});
	}
	// a test run gives way to the active workflow afterwards, but not the other way round
	const isOwn = isTestRun(context) ? sameAddress : sameNode;
	const registration: Registration = { address, scope, before: {} };
	store.registration = registration;
	try {
		for (const type of types) {
			const stands = now[type] ?? UNSET;
			// our own token stays out of static data; putting back adds it again
			const ours = stands.url !== null && sameNode(stands.url, address);
			const before = ours ? withoutToken(stands.url as string) : stands.url;
			registration.before[type] = isOwn(stands.url, address) ? UNSET : { ...stands, url: before };
			await setPostbackUrl(api, scope, type, url);
			await setPostbackEnabled(api, scope, type, true);
		}
	} catch (error) {
		delete store.registration;
		await putBackAfter(error, api, registration);
	}
}

/** Puts back what stood there before, wherever our address still stands. */
export async function unregister(context: IHookFunctions, api: Api): Promise<void> {
	const store = storeOf(context);
	await putBack(api, store.registration ?? unknownBefore(context, api));
	delete store.registration;
}

/** Where nothing is known of what stood there, at least our own address is switched off. */
function unknownBefore(context: IHookFunctions, api: Api): Registration {
	const { address, scope, types } = wanted(context, api);
	return { address, scope, before: Object.fromEntries(types.map((type) => [type, UNSET])) };
}

async function putBack(api: Api, { address, scope, before }: Registration): Promise<void> {
	const now = await settingsByType(api, scope);
	for (const [type, { url: previous, enabled }] of Object.entries(before)) {
		if (!sameAddress(now[type]?.url ?? null, address)) continue;
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
async function putBackAfter(error: unknown, api: Api, registration: Registration): Promise<never> {
	try {
		await putBack(api, registration);
	} catch (second) {
		if (!(error instanceof Failure)) return rethrow(error);
		const why = second instanceof Error ? second.message : String(second);
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
