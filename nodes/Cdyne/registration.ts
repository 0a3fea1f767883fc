import type { IHookFunctions } from 'n8n-workflow';
import { throwFailure, Failure, rethrow, messageOf } from '../shared/errors/failure';
import { getOwn } from '../shared/formats/values';
import { isTestRun } from '../shared/host/internals';
import { coerceBoolean, coerceChoice, coerceText } from '../shared/input/coerce';
import type { Registration } from '../shared/provider/provider';
import { isSameUrl, withoutToken, withToken } from '../shared/receiving/tokenUrl';
import { additionalFieldsOf, selectedEvents } from '../shared/receiving/triggerParameters';
import { type Api, connect } from './api/connection';
import {
	getPostbackSettings,
	type Scope,
	setPostbackEnabled,
	setPostbackUrl,
} from './api/postbackSettings';
import { scopeFor } from './postbackScope';
import {
	forget,
	forStaticData,
	isSameNode,
	postbackToRestore,
	type PreviousPostbacks,
	remember,
	rememberedFor,
	UNSET,
} from './previousPostbacks';

/** Register Automatically: sets the postback URLs at CDYNE, and restores the previous ones. */

/** Kept in the node's static data while the trigger is registered. Does not contain the token. */
interface StoredRegistration {
	address: string;
	scope: Scope;
	/** What to restore. */
	previous: PreviousPostbacks;
}

function storeOf(context: IHookFunctions): { registration?: StoredRegistration } {
	return context.getWorkflowStaticData('node');
}

/** The types of postbacks that bring each event. */
const TYPES_OF: Readonly<Record<string, string[]>> = {
	'message.status': ['OutgoingMessage', 'DeliveryReceipt'],
	'message.received': ['IncomingMessage'],
	'contact.optedIn': ['IncomingMessage'],
	'contact.optedOut': ['IncomingMessage'],
	unknown: [],
};

function isAutomatic(context: IHookFunctions): boolean {
	const value = context.getNodeParameter('registerAutomatically', false);
	return coerceBoolean(value, false, 'Register Automatically');
}

function readTarget(context: IHookFunctions, api: Api) {
	const fields = additionalFieldsOf(context);
	const events = selectedEvents(context) ?? Object.keys(TYPES_OF);
	const scope = scopeFor(
		coerceChoice(fields.scope, ['licenseKey', 'phoneNumber'], 'licenseKey', 'Register For'),
		coerceText(fields.phoneNumber, 'Phone Number'),
		coerceText(fields.country, 'Country') || 'US',
	);
	const types = [...new Set(events.flatMap((event) => getOwn(TYPES_OF, event) ?? []))];
	const address = context.getNodeWebhookUrl('default') as string;
	const url = withToken(address, api.postbackToken);
	const replace = coerceBoolean(fields.replaceExisting, false, 'Replace Existing URL');
	return { scope, types, address, url, replace };
}

/** The names of the workflows of this n8n that are registered, by address. */
const workflowNames = new Map<string, string>();

function noteWorkflow(context: IHookFunctions): void {
	const { name } = context.getWorkflow();
	if (name) workflowNames.set(context.getNodeWebhookUrl('default') as string, name);
}

/**
 * URLs in a sentence, without their queries, which may contain secrets of their owners, and with the
 * workflow if it is one of this n8n.
 */
function describeUrls(urls: Array<string | null>): string {
	const shown = urls.map((url) => {
		if (url === null || !URL.canParse(url)) return 'one that cannot be read';
		const { origin, pathname } = new URL(url);
		const name = workflowNames.get(origin + pathname);
		return `${origin}${pathname}${name === undefined ? '' : ` of the workflow "${name}"`}`;
	});
	return [...new Set(shown)].join(' and ');
}

async function settingsByType(api: Api, scope: Scope): Promise<PreviousPostbacks> {
	const settings = await getPostbackSettings(api, scope);
	return Object.fromEntries(
		settings.map(({ postbackType, url, enabled }) => [postbackType.name, { url, enabled }]),
	);
}

/** Whether CDYNE posts every needed type to this trigger already, and the old URLs are stored. */
async function isRegistered(context: IHookFunctions, api: Api): Promise<boolean> {
	if (!storeOf(context).registration) return false;
	const { scope, types, url } = readTarget(context, api);
	const settings = await settingsByType(api, scope);
	return types.every((type) => settings[type]?.enabled && settings[type].url === url);
}

/**
 * Sets this trigger's URL for the needed types. If one of them fails, all changes are undone.
 *
 * @throws Failure if CDYNE posts to a foreign URL that may not be replaced
 */
async function register(context: IHookFunctions, api: Api): Promise<void> {
	const store = storeOf(context);
	// only an earlier registration that was never undone knows the previous URLs
	if (store.registration) await unregister(context, api);
	const { scope, types, address, url, replace } = readTarget(context, api);
	const settings = await settingsByType(api, scope);
	const foreign = types.filter(
		(type) =>
			settings[type]?.enabled && settings[type].url && !isSameNode(settings[type].url, address),
	);
	if (foreign.length > 0 && !replace) {
		throwFailure({
			kind: 'rejected',
			message: `CDYNE already posts ${foreign.join(', ')} to another URL, ${describeUrls(foreign.map((type) => settings[type].url))}. Turn on Replace Existing URL in the Additional Fields of this trigger to replace it, or let one trigger pass the events on to several workflows`,
			description:
				'The existing URL was not changed. Turn on Replace Existing URL to replace it while this workflow is published (it is restored afterwards), or turn off Register Automatically and pass the events on from there.',
		});
	}
	// a test run restores the URL of the published workflow, but not the other way round
	const isOfThisTrigger = isTestRun(context) ? isSameUrl : isSameNode;
	const registration: StoredRegistration = { address, scope, previous: {} };
	store.registration = registration;
	const complete: PreviousPostbacks = {};
	remember(address, complete);
	try {
		for (const type of types) {
			const current = settings[type] ?? UNSET;
			const isOfNode = current.url !== null && isSameNode(current.url, address);
			// the token is not stored, but added again when the URL is restored
			const plain = isOfNode ? { ...current, url: withoutToken(current.url as string) } : current;
			complete[type] = isOfThisTrigger(current.url, address) ? UNSET : plain;
			registration.previous[type] = isOfNode
				? complete[type]
				: forStaticData(complete[type], address);
			await setPostbackUrl(api, scope, type, url);
			await setPostbackEnabled(api, scope, type, true);
		}
	} catch (error) {
		delete store.registration;
		await restoreAndThrow(error, api, registration);
	}
}

/** Restores the previous URLs, for the types that CDYNE still posts to this trigger. */
async function unregister(context: IHookFunctions, api: Api): Promise<void> {
	const store = storeOf(context);
	const { registration } = store;
	const incomplete = Object.values(registration?.previous ?? {}).find((old) => old.queryRemoved);
	if (registration && incomplete && !rememberedFor(registration.address)) {
		context.logger.warn(
			`CDYNE posted to ${incomplete.url} before this trigger replaced that URL. Its query was not stored, so it cannot be restored: set it again at CDYNE, for example with Postback Setting > Update.`,
		);
	}
	await restore(api, registration ?? withoutPrevious(context, api));
	delete store.registration;
}

/** If the previous URLs are not known, at least this trigger's URL is switched off. */
function withoutPrevious(context: IHookFunctions, api: Api): StoredRegistration {
	const { address, scope, types } = readTarget(context, api);
	return { address, scope, previous: Object.fromEntries(types.map((type) => [type, UNSET])) };
}

async function restore(api: Api, { address, scope, previous }: StoredRegistration): Promise<void> {
	const settings = await settingsByType(api, scope);
	const remembered = rememberedFor(address);
	forget(address);
	for (const [type, stored] of Object.entries(previous)) {
		if (!isSameUrl(settings[type]?.url ?? null, address)) continue;
		const { url: restored, enabled } = postbackToRestore(stored, remembered?.[type], address);
		// no call removes a URL, so if there was none before, the type is switched off
		if (restored !== null) {
			const isOfNode = isSameNode(restored, address);
			const url = isOfNode ? withToken(restored, api.postbackToken) : restored;
			await setPostbackUrl(api, scope, type, url);
		}
		await setPostbackEnabled(api, scope, type, restored !== null && enabled);
	}
}

/** Restores the previous URLs after a failed registration, and throws its error. */
async function restoreAndThrow(
	error: unknown,
	api: Api,
	registration: StoredRegistration,
): Promise<never> {
	try {
		await restore(api, registration);
	} catch (restoreError) {
		if (!(error instanceof Failure)) return rethrow(error);
		return rethrow(
			error.with({
				message: `${error.message}, and the previous URLs could not be restored: ${messageOf(restoreError)}`,
				description:
					'Check the postback settings at CDYNE, for example with Postback Setting > Get Many.',
			}),
		);
	}
	return rethrow(error);
}

/** Registers the trigger at CDYNE. Without Register Automatically it makes no requests. */
export const registration: Registration = {
	async isRegistered(context) {
		if (!isAutomatic(context)) return true;
		const isDone = await isRegistered(context, await connect(context));
		if (isDone) noteWorkflow(context);
		return isDone;
	},
	async register(context) {
		if (!isAutomatic(context)) return;
		await register(context, await connect(context));
		noteWorkflow(context);
	},
	async unregister(context) {
		// there may be something to restore even after Register Automatically was turned off
		const mayBeRegistered = isAutomatic(context) || storeOf(context).registration !== undefined;
		if (mayBeRegistered) await unregister(context, await connect(context));
	},
};
