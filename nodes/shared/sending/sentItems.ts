import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { Failure, type FailureFacts } from '../errors/failure';
import { isAgentTool } from '../host/agentTool';
import { markAlreadySent } from '../model/message';
import type { Output } from '../model/output';

/** The outcome of a send: its outputs, or a failure after which the message may have been sent. */
type Outcome = { sent: IDataObject[] } | { ambiguous: FailureFacts };

/**
 * Remembers within one execution which items were sent. n8n's Retry On Fail runs the node again
 * with all its items, and nobody may be texted twice.
 *
 * The memory is in the node context, which n8n keeps for all tries and stores with the execution,
 * so it must not contain secrets. Its keys contain the run, because otherwise the second round of a
 * loop would send nothing. It is not cleared at the end, because with Continue On Fail n8n also
 * repeats a node that returned normally.
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
	 * @param fingerprint returns the parameter values of the item as text
	 * @returns the outputs of an earlier try of this item, marked with `alreadySent`, or the failure
	 *   after which its message may have been sent; undefined if nothing was sent
	 */
	recall(index: number, fingerprint: () => string): Output[] | Failure | undefined {
		const outcome = this.outcomes[this.key(index, fingerprint)];
		if (outcome === undefined) return undefined;
		if ('ambiguous' in outcome) return new Failure(outcome.ambiguous);
		return outcome.sent.map((json) => ({ json: markAlreadySent(json) }));
	}

	/** @param result the outputs, or a failure after which the message may have been sent */
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
	 * An agent calls a tool several times within one run, so the parameter values are part of the key
	 * there. Elsewhere they are not, because an expression that contains the time changes with each
	 * try.
	 */
	private key(index: number, fingerprint: () => string): string {
		const key = `${this.run}:${index}`;
		return isAgentTool(this.context) ? `${key}:${fingerprint()}` : key;
	}
}
