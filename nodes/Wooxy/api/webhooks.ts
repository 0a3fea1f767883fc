import type { IDataObject } from 'n8n-workflow';
import { Failure, rethrow } from '../../shared/errors';
import { isObject, text, written } from '../../shared/values';
import { NO_WEBHOOKS } from '../codes';
import { objectsOf } from '../wire';
import type { Api } from './connection';
import { call, odd } from './request';

/** Webhooks, of which each is for one domain (docs/providers/wooxy.md 3.1). */

export interface Webhook {
	/** Positive; sent as a number. */
	id: number;
	url: string;
	/** The domain's name; empty where the answer has none. */
	domain: string;
	events: string[];
}

function readWebhook(raw: IDataObject): Webhook {
	const id = Number(written(raw.id));
	if (!Number.isInteger(id) || id < 1) odd('a webhook with a number for its id', raw);
	// an object, although its table calls it a string
	const domain = isObject(raw.domain) ? raw.domain.name : raw.domain;
	const events = Array.isArray(raw.events) ? raw.events.map(written) : [];
	return { id, url: text(raw.url) ?? '', domain: text(domain) ?? '', events };
}

/** webhook/list (3.1). An account without webhooks fails with a text of its own: that is none. */
export async function getWebhooks(api: Api): Promise<Webhook[]> {
	try {
		return await call(api, 'webhook/list', {}, ({ data }) => objectsOf(data).map(readWebhook));
	} catch (error) {
		if (error instanceof Failure && NO_WEBHOOKS.test(error.message)) return [];
		return rethrow(error);
	}
}

/** What is said where the answer to webhook/create is lost. */
export const MAY_BE_CREATED = 'The webhook may have been created';

/**
 * webhook/create (3.1). Not repeated by itself, as a second webhook would double every event.
 *
 * @throws Failure; of kind `ambiguous` where the webhook may have been created
 */
export async function createWebhook(
	api: Api,
	webhook: { title: string; url: string; domain: string; events: string[] },
): Promise<Webhook> {
	const read = ({ config }: IDataObject) =>
		isObject(config) ? readWebhook(config) : odd('the new webhook', config);
	return await call(api, 'webhook/create', webhook, read, {
		kind: 'send',
		ambiguity: {
			message: MAY_BE_CREATED,
			description: 'Look at the webhooks in Wooxy before you activate this workflow again.',
		},
	});
}

/** webhook/remove (3.1); one that is gone already is fine. */
export async function removeWebhook(api: Api, id: number): Promise<void> {
	try {
		await call(api, 'webhook/remove', { id }, () => undefined);
	} catch (error) {
		if (!(error instanceof Failure && error.kind === 'notFound')) rethrow(error);
	}
}
