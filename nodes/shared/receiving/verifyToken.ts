import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { parseTokens, secretsEqual } from '../credentials/postbackToken';
import { internalsOf, isTestRun } from '../host/internals';
import { LruMap } from '../http/lruMap';
import type { Verification } from '../provider/provider';

/**
 * Verifies postbacks by the token in their URL. Reading a credential costs n8n an expression
 * isolate, tens of milliseconds of CPU, so the process caches the tokens for a moment.
 */

interface CachedTokens {
	tokens: string[];
	/** Epoch milliseconds. */
	readAt: number;
}

/** A token that was removed from the credential is accepted for no longer than this. */
const CACHE_MS = 5_000;

/** How often wrong tokens may cause the credential to be read again within `READS_WITHIN_MS`. */
const MAX_READS = 5;
const READS_WITHIN_MS = 5_000;

const MAX_CACHED = 1_000;

class TokenCache {
	private readonly cached = new LruMap<CachedTokens>(MAX_CACHED);

	/** The times at which wrong tokens caused the credential to be read again, by trigger. */
	private readonly reads = new LruMap<number[]>(MAX_CACHED);

	get(trigger: string): string[] | undefined {
		const cached = this.cached.get(trigger);
		if (!cached) return undefined;
		return Date.now() - cached.readAt < CACHE_MS ? cached.tokens : undefined;
	}

	set(trigger: string, tokens: string[]): void {
		this.cached.set(trigger, { tokens, readAt: Date.now() });
	}

	/** Whether a wrong token may cause another read. Limited, so that nobody can slow n8n down. */
	mayReadAgain(trigger: string): boolean {
		const now = Date.now();
		const recent = (this.reads.get(trigger) ?? []).filter((at) => now - at < READS_WITHIN_MS);
		const isAllowed = recent.length < MAX_READS;
		this.reads.set(trigger, isAllowed ? [...recent, now] : recent);
		return isAllowed;
	}
}

/**
 * One cache for each credential store of n8n, which lives as long as the store. The store is not
 * part of n8n's public interface. Without it, the credential is read for each request.
 */
const caches = new WeakMap<object, TokenCache>();

function cacheOf(context: IWebhookFunctions): TokenCache | undefined {
	const store = internalsOf(context).additionalData?.credentialsHelper;
	if (!store) return undefined;
	const cache = caches.get(store) ?? new TokenCache();
	caches.set(store, cache);
	return cache;
}

async function readTokens(
	context: IWebhookFunctions | IHookFunctions,
	credential: string,
): Promise<string[]> {
	const { postbackToken } = await context.getCredentials(credential);
	return parseTokens(postbackToken);
}

/** Whether the received token is valid. If the credential has none, every request is accepted. */
function isAccepted(received: unknown, tokens: string[]): boolean {
	if (tokens.length === 0) return true;
	if (typeof received !== 'string') return false;
	// all are compared, so that the time it takes does not reveal which one matched
	return tokens.filter((token) => secretsEqual(received, token)).length > 0;
}

/** Verifies postbacks by a token in the URL, for providers that sign nothing. */
export function verifyByToken(credential: string): Verification {
	return {
		async secretsOf(context) {
			const node = context.getNode();
			const chosen = node.credentials?.[credential];
			if (!chosen) return [];
			const { token: received } = context.getQueryData() as { token?: unknown };
			const cache = cacheOf(context);
			const trigger = JSON.stringify([context.getWorkflow().id, node.id, chosen.id, chosen.name]);
			const cached = cache?.get(trigger);
			if (cached && isAccepted(received, cached)) return cached;
			// a wrong token may be a new one that is not in the cache yet
			if (cached && !cache?.mayReadAgain(trigger)) return undefined;
			const tokens = await readTokens(context, credential);
			cache?.set(trigger, tokens);
			return isAccepted(received, tokens) ? tokens : undefined;
		},
		async warn(context) {
			const { name, credentials } = context.getNode();
			if (isTestRun(context)) return;
			if (credentials?.[credential] && (await readTokens(context, credential)).length > 0) return;
			context.logger.warn(
				`The trigger "${name}" has no postback token: anyone who knows its address can post to it. Add one to its credential.`,
			);
		},
	};
}
