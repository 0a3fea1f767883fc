import pLimit from 'p-limit';
import { asFailure, Failure, failInput } from '../../shared/errors';
import { messageIdField } from '../../shared/fields';
import { notFoundMessage } from '../../shared/message';
import { messageOutput } from '../../shared/item';
import type { Item, Output } from '../../shared/item';
import type { Operation } from '../../shared/operation';
import { lookUpInRounds, waitUntilFinalOptions } from '../../shared/rounds';
import type { LookedUp } from '../../shared/rounds';
import { getInfo, MOST_IDS, readSms } from '../api/status';
import { PROVIDER } from '../name';
import type { Api } from '../api/connection';
import type { Lookup } from '../api/status';

export const getMessageStatus: Operation<Api> = {
	resource: 'message',
	operation: 'getStatus',
	name: 'Get Status',
	action: 'Get the status of a message',
	description: 'Look up what became of messages by their IDs, up to 100 items in one request',
	fields: [messageIdField],
	options: waitUntilFinalOptions,
	runAll: async (items, api, concurrency) =>
		await lookUpInRounds(items, async (pending) => await lookUpItems(pending, api, concurrency)),
};

async function lookUpItems(items: Item[], api: Api, concurrency: number): Promise<LookedUp[]> {
	const ids = items.map((item) => attempt(() => messageIdOf(item)));
	const asked = [...new Set(ids.filter((id) => typeof id === 'string'))];
	const answers = await lookUpAll(api, asked, concurrency);
	return ids.map((id) => {
		if (typeof id !== 'string') return id;
		const answer = answers.get(id);
		return answer instanceof Failure ? answer : [outputOf(id, answer)];
	});
}

function messageIdOf(item: Item): string {
	const id = item.text('messageId').trim();
	if (id === '') {
		failInput('The message ID is empty', 'Give the messageId that a send operation returned.');
	}
	return id;
}

/** A value, or the failure that kept it from being there. */
function attempt<T>(step: () => T): T | Failure {
	try {
		return step();
	} catch (error) {
		return asFailure(error);
	}
}

/** The answer to each id; a request that failed fails its own ids only. */
export async function lookUpAll(
	api: Api,
	ids: string[],
	concurrency: number,
): Promise<Map<string, Lookup | Failure>> {
	const limit = pLimit(concurrency);
	const chunks = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, index) =>
		ids.slice(index * MOST_IDS, (index + 1) * MOST_IDS),
	);
	const found = await Promise.all(
		chunks.map((chunk) => limit(async () => await lookUp(api, chunk))),
	);
	return new Map(found.flatMap((one) => [...one]));
}

async function lookUp(api: Api, ids: string[]): Promise<Map<string, Lookup | Failure>> {
	try {
		return await getInfo(api, ids);
	} catch (error) {
		const failure = asFailure(error);
		return new Map(ids.map((id) => [id, failure]));
	}
}

function outputOf(id: string, answer: Lookup | undefined): Output {
	if (answer && 'record' in answer) {
		const { message, raw } = readSms(id, answer.record);
		return messageOutput({ ...message, found: true }, raw);
	}
	return messageOutput(notFoundMessage(PROVIDER, id, answer?.words ?? `SMS ${id} not found`), null);
}
