import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { fail } from '../shared/errors';
import { sameAddress, withToken } from '../shared/statusAddress';
import { getPostbackSettings, setPostbackEnabled, setPostbackUrl } from './api';
import type { Api, Scope } from './api';
import { scopeFor } from './postbackSettings';

/** Register Automatically: CDYNE's postback addresses, and what stood there before. */

/** What stood there before, by type; kept in the node's static data until it is put back. */
type Before = Record<string, { url: string | null; enabled: boolean }>;

interface Registration {
	url: string;
	before: Before;
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

function wanted(context: IHookFunctions, api: Api) {
	const fields = context.getNodeParameter('additionalFields', {}) as IDataObject;
	const events = context.getNodeParameter('events', []) as string[];
	const scope = scopeFor(
		String(fields.scope ?? 'licenseKey'),
		String(fields.phoneNumber ?? ''),
		String(fields.country ?? 'US'),
	);
	const types = [...new Set(events.flatMap((event) => TYPES_OF[event] ?? []))];
	const url = withToken(context.getNodeWebhookUrl('default') as string, api.postbackToken);
	return { scope, types, url, replace: fields.replaceExisting === true };
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

/** Whether CDYNE posts every wanted type to this trigger already. */
export async function isRegistered(context: IHookFunctions, api: Api): Promise<boolean> {
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
	const { scope, types, url, replace } = wanted(context, api);
	const now = await settingsByType(api, scope);
	const foreign = types.filter(
		(type) => now[type]?.enabled && now[type].url && !sameNode(now[type].url, url),
	);
	if (foreign.length > 0 && !replace) {
		fail({
			kind: 'rejected',
			message: `CDYNE already posts ${foreign.join(', ')} to another address`,
			description:
				'It was left alone. Turn on Replace Existing URL to take its place while this workflow is active (it is put back afterwards), or turn off Register Automatically and pass the events on from there.',
		});
	}
	const before: Before = {};
	const store = context.getWorkflowStaticData('node') as { registration?: Registration };
	store.registration = { url, before };
	try {
		for (const type of types) {
			before[type] = now[type] ?? UNSET;
			await setPostbackUrl(api, scope, type, url);
			await setPostbackEnabled(api, scope, type, true);
		}
	} catch (error) {
		await putBack(api, scope, before, url);
		delete store.registration;
		rethrow(error);
	}
}

/** Puts back what stood there before, wherever our address still stands. */
export async function unregister(context: IHookFunctions, api: Api): Promise<void> {
	const store = context.getWorkflowStaticData('node') as { registration?: Registration };
	if (!store.registration) return;
	const { scope } = wanted(context, api);
	await putBack(api, scope, store.registration.before, store.registration.url);
	delete store.registration;
}

async function putBack(api: Api, scope: Scope, before: Before, url: string): Promise<void> {
	const now = await settingsByType(api, scope);
	for (const [type, { url: previous, enabled }] of Object.entries(before)) {
		if (!sameAddress(now[type]?.url ?? null, url)) continue;
		// an address can be replaced but not taken away: without one before, the type is switched off
		if (previous !== null) await setPostbackUrl(api, scope, type, previous);
		await setPostbackEnabled(api, scope, type, previous !== null && enabled);
	}
}

function rethrow(error: unknown): never {
	throw error;
}
