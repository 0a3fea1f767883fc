/**
 * How each known fault is put back: the changes of the nodes that make them wrong, by the title of
 * the fault. `npm run test:simulation -- --faults` makes them in a copy of the nodes, one fault at
 * a time, and says after how many histories the simulation finds it.
 */

/** One file of `nodes/`, a text that occurs there once, and what takes its place. */
const change = (file, from, to) => ({ file: `nodes/${file}`, from, to });

const forgetClaims = change(
	'shared/sending/claims.ts',
	'messageId !== null && !ledger.hasMessage(messageId) &&',
	'messageId !== null &&',
);

const noLimit = change(
	'shared/run/run.ts',
	'return { ...api, http: { ...api.http, request } };',
	'return request ? api : api;',
);

const firstHundred = change(
	'Cdyne/findSentMessages.ts',
	'!NO_MESSAGE.has(status));',
	'!NO_MESSAGE.has(status)).slice(0, 100);',
);

const rejectedIsSent = change(
	'shared/sending/itemLedger.ts',
	"const NOT_SENT: readonly unknown[] = ['failed', 'unknown'] satisfies SmsStatus[];",
	'const NOT_SENT: readonly unknown[] = [] satisfies SmsStatus[];',
);

export const CHANGES = {
	'one rejected license key outweighs the accepted messages of the same response': [
		change(
			'Cdyne/api/message.ts',
			'if (reports.length === 0) return missing();',
			'if (reports.length === 0 || rejectedKey) return missing();',
		),
	],
	'a rejection outweighs an accepted message of the same number': [
		change(
			'Cdyne/api/message.ts',
			'return combineAll(outcomes);',
			"return outcomes.find(({ kind }) => kind === 'refused') ?? combineAll(outcomes);",
		),
	],
	'an error code outweighs an accepted message beside it': [
		change(
			'Skycore/wire.ts',
			"if (root?.name === 'RESPONSE') return root;",
			`if (root && isRejected(root)) throw toSkycoreFailure(root);
	if (root?.name === 'RESPONSE') return root;`,
		),
	],
	'HTTP 500 with unknown words counts as a rejection': [
		change(
			'Wooxy/wire.ts',
			'status < 500 && (isListed || status === 429) && textOrNull(envelope.sms_id) === null,',
			'isListed || !isListed,',
		),
		change('shared/http/request.ts', 'return status >= 500 &&', 'return status >= 600 &&'),
	],
	'of 120 numbers under a reference, those after the hundredth count as not texted': [firstHundred],
	'of 350 numbers under a reference, those after the hundredth are sent again': [firstHundred],
	'of 120 messages under a key, those after the hundredth count as not texted': [
		change(
			'Namirial/findSentMessages.ts',
			'const MAX_MESSAGES = 1_000;',
			'const MAX_MESSAGES = 100;',
		),
		change(
			'Namirial/findSentMessages.ts',
			'const isComplete = history.isComplete && history.crowdedTimes.length === 0;',
			'const isComplete = true;',
		),
	],
	'nothingSent in a retry leaves out the execution that is repeated': [
		change(
			'shared/sending/itemSends.ts',
			'return this.own.seesAll && this.own.outcomes.length === 0;',
			'return this.own.outcomes.length === 0;',
		),
		change('shared/sending/ledger.ts', 'if (this.repeats !== undefined) return false;', ''),
	],
	'a retry takes the message of an equal item for that of a rejected one': [forgetClaims],
	'a sub-workflow does not know that the execution is a retry': [
		change(
			'shared/host/execution.ts',
			"additionalData?.rootExecutionMode === 'retry' ? 'parent' : undefined;",
			'additionalData ? undefined : undefined;',
		),
	],
	'a clock that is behind makes a lost message look old': [
		change(
			'shared/sending/matchFound.ts',
			'const earliest = since + (clock?.min ?? 0) - TIME_STEP_MS;',
			'const earliest = since - TIME_STEP_MS;',
		),
		change(
			'shared/sending/matchFound.ts',
			"return clock === undefined || lead < CLOCK_TOLERANCE_MS ? 'maybe' : 'no';",
			"return clock === undefined ? 'no' : 'no';",
		),
	],
	'a rejected older message becomes the result of a lost send': [
		change(
			'shared/sending/lookUpLost.ts',
			'const { item, ledger, own, plan } = send;',
			'const { item, ledger, own, plan } = send;\n\tsince = undefined;',
		),
	],
	'a cancelled older message counts as one that exists': [
		change(
			'shared/sending/matchFound.ts',
			"const isDead = (status: SmsStatus) => status === 'failed' || status === 'canceled';",
			"const isDead = (status: SmsStatus) => status === 'failed';",
		),
	],
	'a dry run is output as already sent in the next try, or after it is turned off': [
		rejectedIsSent,
		change(
			'shared/run/runItems.ts',
			'return await operation.run(item, api, sends);',
			`return item.flagOption('dryRun')
				? await sends.change(async () => await operation.run(item, api, sends))
				: await operation.run(item, api, sends);`,
		),
	],
	'an item that a retry did not send is never sent': [
		change(
			'shared/sending/lookBack.ts',
			"import { isAgentTool } from '../host/agentTool';",
			"import { isAgentTool } from '../host/agentTool';\nimport { outcomeOf } from '../http/sendRequest';",
		),
		change(
			'shared/sending/lookBack.ts',
			'rejectSecondRun(item);',
			`try {
				rejectSecondRun(item);
			} catch (error) {
				for (const entry of open) send.settle(entry, outcomeOf(error));
			}`,
		),
	],
	'look-ups ignore Concurrency': [noLimit],
	'with Texts per Request, Unicode and GSM texts do not share the Concurrency': [noLimit],
	'after an accepted send and a rejected second one, nothing counts as sent': [
		change('shared/sending/lookUpLost.ts', '[0, 1_000, 3_000]', '[0, 1_000]'),
		change(
			'shared/sending/plannedSend.ts',
			'? withSecondFailure(outcome, statement)',
			'? (withSecondFailure(outcome, statement), statement)',
		),
		change(
			'shared/sending/itemLedger.ts',
			"if (noted.kind !== 'accepted' && noted.kind !== 'unknown') return noted;",
			`if (noted.kind !== 'accepted' && noted.kind !== 'unknown') {
			if (noted.kind === 'refused') delete this.items[this.key];
			return noted;
		}`,
		),
	],
	'an item whose recipients were all rejected counts as sent': [
		rejectedIsSent,
		change(
			'Cdyne/api/message.ts',
			"return { kind: 'refused', failure, outputs };",
			"return failure.kind === 'credential' ? { kind: 'refused', failure } : accepted(outputs);",
		),
	],
	'a group whose numbers were all rejected counts as sent': [
		rejectedIsSent,
		change(
			'Skycore/api/message.ts',
			"return [combined.kind === 'untried' ? combined : { ...combined, outputs }];",
			"return [combined.kind === 'untried' ? combined : accepted(outputs)];",
		),
	],
	'a reference that was just used, and cannot be looked up yet, counts as new': [
		change(
			'shared/sending/claims.ts',
			'return combine(outcome, firstOf(combineAll(others.map((other) => other.outcome))));',
			'return others.length > 0 ? outcome : combine(outcome, firstOf(combineAll([])));',
		),
	],
	'two items take the same message, whose number is not told': [
		forgetClaims,
		change(
			'shared/sending/matchFound.ts',
			'if (isOwnReference && intents.length === 1 &&',
			'if (intents.length === 1 &&',
		),
	],
	'one rejected older message makes every look-up fail': [
		change(
			'Cdyne/findSentMessages.ts',
			'const messages = await Promise.all(',
			`if (possible.length < reports.length) {
		throw new Failure({ kind: 'rejected', message: 'A message was rejected' });
	}
	const messages = await Promise.all(`,
		),
	],
	'a later round of a loop claims the message of an earlier one after a retry': [forgetClaims],
	'a message that cannot be looked up yet counts as failed': [
		change(
			'Cdyne/operations/message.sendAndWaitForDelivery.ts',
			"return error.name === 'NotFound' ? undefined : message;",
			'return message;',
		),
	],
	'a reply to the message that CDYNE sent instead, and its receipts, are ignored': [
		change('shared/waiting/waitForReply.ts', 'recordContinuations(waitId, received, message);', ''),
	],
	'a help text that cannot be looked up yet is sent again': [
		change('shared/waiting/waitForReply.ts', 'if (sent.has(reference)) return;', ''),
	],
};
