import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Verification } from './postbacks';
import { sameSecret, tokensIn } from './secret';
import { isTestRun } from './trigger';
import { inside } from './inside';
import { dropOldest } from './oldest';

/**
 * The postback tokens of a trigger. Reading a credential costs n8n an expression isolate, tens of
 * milliseconds of CPU, so they are kept in the process for a while.
 */

interface Kept {
	tokens: string[];
	/** Epoch milliseconds. */
	readAt: number;
}

const KEPT_FOR = 60_000;
/** That there is none: once one is set, nobody may post without it for long. */
const NONE_KEPT_FOR = 5_000;

/** At most so many requests with a wrong token make the credential be read again in this time. */
const MOST_READS = 5;
const READS_WITHIN = 5_000;

const MOST_KEPT = 1_000;

class Tokens {
	private readonly kept = new Map<string, Kept>();

	/** When wrong tokens had a credential read again, by trigger. */
	private readonly reads = new Map<string, number[]>();

	get(name: string): Kept | undefined {
		const kept = this.kept.get(name);
		const time = kept?.tokens.length === 0 ? NONE_KEPT_FOR : KEPT_FOR;
		return kept && Date.now() - kept.readAt < time ? kept : undefined;
	}

	set(name: string, tokens: string[]): void {
		this.kept.delete(name);
		this.kept.set(name, { tokens, readAt: Date.now() });
		dropOldest(this.kept, MOST_KEPT);
	}

	/** Whether a wrong token may have the credential read again: a forger must not make it slow. */
	mayReadAgain(name: string): boolean {
		const now = Date.now();
		const latest = (this.reads.get(name) ?? []).filter((at) => now - at < READS_WITHIN);
		this.reads.delete(name);
		if (latest.length < MOST_READS) this.reads.set(name, [...latest, now]);
		else this.reads.set(name, latest);
		dropOldest(this.reads, MOST_KEPT);
		return latest.length < MOST_READS;
	}
}

/**
 * By the host's store of credentials, so that tokens live as long as that. It is a private member
 * of the context; where it is missing, the credential is read for each request.
 */
const stores = new WeakMap<object, Tokens>();

function tokensOf(context: IWebhookFunctions): Tokens | undefined {
	const store = inside(context).additionalData?.credentialsHelper;
	if (!store) return undefined;
	const tokens = stores.get(store) ?? new Tokens();
	stores.set(store, tokens);
	return tokens;
}

async function readTokens(
	context: IWebhookFunctions | IHookFunctions,
	credential: string,
): Promise<string[]> {
	const { postbackToken } = await context.getCredentials(credential);
	return tokensIn(postbackToken);
}

/**
 * The tokens of which a request has to have one, none where none is set: those that are kept, and, for
 * a request that has none of these, those in the credential now.
 */
export async function* postbackTokens(
	context: IWebhookFunctions,
	credential: string,
): AsyncGenerator<string[]> {
	const node = context.getNode();
	const chosen = node.credentials?.[credential];
	if (!chosen) {
		yield [];
		return;
	}
	const store = tokensOf(context);
	const name = JSON.stringify([context.getWorkflow().id, node.id, chosen.id, chosen.name]);
	const kept = store?.get(name);
	if (kept) {
		yield kept.tokens;
		if (!store?.mayReadAgain(name)) return;
	}
	const tokens = await readTokens(context, credential);
	store?.set(name, tokens);
	yield tokens;
}

/** For providers that sign nothing: a token of a credential has to stand in the address. */
export function byToken(credential: string): Verification {
	return {
		async secretsOf(context) {
			const { token: given } = context.getQueryData() as { token?: unknown };
			for await (const tokens of postbackTokens(context, credential)) {
				if (tokens.length === 0) return tokens;
				if (typeof given !== 'string') continue;
				// each is compared, so that the time does not tell which one it was
				const same = tokens.filter((token) => sameSecret(given, token));
				if (same.length > 0) return tokens;
			}
			return undefined;
		},
		async warn(context) {
			const { name, credentials } = context.getNode();
			if (isTestRun(context)) return;
			if (credentials?.[credential] && (await readTokens(context, credential)).length > 0) return;
			context.logger.warn(
				`The trigger "${name}" has no postback token: everyone who knows its address can post to it. Give its credential one.`,
			);
		},
	};
}
