import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure } from './errors';
import type { FailureFacts } from './errors';
import type { Output } from './item';
import { alreadySent } from './message';
import { isTool } from './tool';

/** What became of a send: what it returned, or the facts of a failure after which it may be out. */
type Outcome = { sent: IDataObject[] } | { ambiguous: FailureFacts };

/**
 * Remembers within one execution which items were sent, so that n8n's Retry On Fail, which runs
 * the node again with all its items, texts nobody twice.
 *
 * The node context survives the tries and is stored with the execution (so nothing secret goes
 * in). It is keyed by run, or the second round of a loop would be swallowed, and it is not cleared
 * at the end, because with Continue On Fail n8n also runs a node again that returned normally.
 */
export class SentItems {
	private readonly outcomes: Record<string, Outcome>;

	private readonly run: string;

	constructor(private readonly context: IExecuteFunctions) {
		const store = context.getContext('node') as { sentItems?: Record<string, Outcome> };
		store.sentItems ??= {};
		this.outcomes = store.sentItems;
		this.run = String(context.getWorkflowDataProxy(0).$runIndex ?? 0);
	}

	/**
	 * What an earlier try of this item returned, marked with `alreadySent`, or the failure after
	 * which its message may be out.
	 */
	recall(index: number, fingerprint: () => string): Output[] | Failure | undefined {
		const outcome = this.outcomes[this.key(index, fingerprint)];
		if (outcome === undefined) return undefined;
		if ('ambiguous' in outcome) return new Failure(outcome.ambiguous);
		return outcome.sent.map((json) => ({ json: alreadySent(json) }));
	}

	/** @param result what was sent, or a failure after which the message may be out */
	remember(index: number, fingerprint: () => string, result: Output[] | Failure): void {
		const key = this.key(index, fingerprint);
		if (!(result instanceof Failure)) {
			this.outcomes[key] = { sent: result.map(({ json }) => json) };
		} else {
			const { kind, message, description, code, httpStatus } = result;
			this.outcomes[key] = { ambiguous: { kind, message, description, code, httpStatus } };
		}
	}

	/**
	 * An agent calls a tool several times within one run, with another text each time: there the
	 * values tell the calls apart. Elsewhere they must not count, as an expression with the time in
	 * it changes from try to try.
	 */
	private key(index: number, fingerprint: () => string): string {
		return isTool(this.context) ? `${this.run}:${index}:${fingerprint()}` : `${this.run}:${index}`;
	}
}
