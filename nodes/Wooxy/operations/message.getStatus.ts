import { asFailure, Failure } from '../../shared/errors';
import { messageOutput } from '../../shared/item';
import type { Item, Output } from '../../shared/item';
import { lookedUpShape, notFoundMessage } from '../../shared/message';
import type { Operation } from '../../shared/operation';
import { required } from '../../shared/required';
import { lookUpInRounds, waitUntilFinalOptions } from '../../shared/rounds';
import type { Api } from '../api/connection';
import { getAllInfo } from '../api/status';
import type { LookedUp } from '../api/status';
import { messageIdField } from '../fields';
import { PROVIDER } from '../name';

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up what became of messages by their IDs, up to 100 items in one request',
	forModel: 'For finding out whether a text that was sent before has arrived. It sends nothing.',
	fields: [messageIdField],
	options: waitUntilFinalOptions,
	gives: lookedUpShape,
	runAll: async (items, api, concurrency) =>
		await lookUpInRounds(items, async (pending) => await lookUpItems(pending, api, concurrency)),
};

async function lookUpItems(
	items: Item[],
	api: Api,
	concurrency: number,
): Promise<Array<Output[] | Failure>> {
	const ids = items.map((item) => attempt(() => messageIdOf(item)));
	const asked = [...new Set(ids.filter((id) => typeof id === 'string'))];
	const answers = await getAllInfo(api, asked, concurrency);
	return ids.map((id) => {
		if (typeof id !== 'string') return id;
		const answer = answers.get(id);
		return answer instanceof Failure ? answer : [outputOf(id, answer)];
	});
}

function messageIdOf(item: Item): string {
	const advice = 'Give the messageId that a send operation returned.';
	return required(item.text('messageId'), 'message ID', advice);
}

/** A value, or the failure that kept it from being there. */
function attempt<T>(step: () => T): T | Failure {
	try {
		return step();
	} catch (error) {
		return asFailure(error);
	}
}

function outputOf(id: string, answer: Exclude<LookedUp, Failure> | undefined): Output {
	if (answer && 'message' in answer) {
		return messageOutput({ ...answer.message, found: true }, answer.raw);
	}
	return messageOutput(notFoundMessage(PROVIDER, id, answer?.words ?? `SMS ${id} not found`), null);
}
