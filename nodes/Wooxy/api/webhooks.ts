import type { IDataObject } from 'n8n-workflow';
import { Failure, rethrow } from '../../shared/errors/failure';
import { isObject, textOrNull, toText } from '../../shared/formats/values';
import { NO_WEBHOOKS } from '../codes';
import { objectsOf } from '../wire';
import type { Api } from './connection';
import { call, throwUnexpected } from './request';

/** Webhooks, each of which belongs to a domain (docs/providers/wooxy.md 3.1). */

export interface Webhook {
	/** Positive; sent as a number. */
	id: number;
	url: string;
	/** The domain's name; empty if the response has none. */
	domain: string;
	events: string[];
}

function readWebhook(raw: IDataObject): Webhook {
	const id = Number(toText(raw.id));
	if (!Number.isInteger(id) || id < 1)
		throwUnexpected('a webhook whose ID is a positive integer', raw);
	// an object, although the table in the documentation calls it a string
	const domain = isObject(raw.domain) ? raw.domain.name : raw.domain;
	const events = Array.isArray(raw.events) ? raw.events.map(toText) : [];
	return { id, url: textOrNull(raw.url) ?? '', domain: textOrNull(domain) ?? '', events };
}

/** webhook/list (3.1). The error for an account without webhooks counts as an empty list. */
export async function getWebhooks(api: Api): Promise<Webhook[]> {
	try {
		return await call(api, 'webhook/list', {}, ({ data }) => objectsOf(data).map(readWebhook));
	} catch (error) {
		if (error instanceof Failure && NO_WEBHOOKS.test(error.message)) return [];
		return rethrow(error);
	}
}

/** The error message if the response to webhook/create is lost. */
export const WEBHOOK_MAY_EXIST = 'The webhook may have been created';

/**
 * webhook/create (3.1). It is not retried automatically, as a second webhook would double every
 * event.
 *
 * @throws Failure; of kind `ambiguous` if the webhook may have been created
 */
export async function createWebhook(
	api: Api,
	webhook: { title: string; url: string; domain: string; events: string[] },
): Promise<Webhook> {
	const read = ({ config }: IDataObject) =>
		isObject(config) ? readWebhook(config) : throwUnexpected('the new webhook', config);
	return await call(api, 'webhook/create', webhook, read, {
		kind: 'send',
		ambiguity: {
			message: WEBHOOK_MAY_EXIST,
			description: 'Check the webhooks in Wooxy before you publish this workflow again.',
		},
	});
}

/** webhook/remove (3.1). A webhook that no longer exists counts as removed. */
export async function removeWebhook(api: Api, id: number): Promise<void> {
	try {
		await call(api, 'webhook/remove', { id }, () => undefined);
	} catch (error) {
		if (!(error instanceof Failure && error.kind === 'notFound')) rethrow(error);
	}
}
