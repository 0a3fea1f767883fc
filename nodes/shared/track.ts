import { Failure, wordsOf } from './errors';
import { asSend } from './http';
import type { HttpRequest, ReadAnswer } from './http';
import type { Connection } from './operation';

/** A connection for one item that knows whether a send of this item has left. */
interface Tracked<Api> {
	api: Api;
	hasSent(): boolean;
	/** An error after a send has left: one of our own says nothing about the message. */
	asSent(error: unknown): unknown;
}

/** Wraps a provider's connection for one item. */
export function track<Api extends Connection>(api: Api): Tracked<Api> {
	let sent = false;
	const leaves = () => {
		sent = true;
	};
	const request = async <T>(wanted: HttpRequest, read: ReadAnswer<T>): Promise<T> => {
		if (wanted.kind === 'send') leaves();
		return await api.http.request(wanted, read);
	};
	return {
		api: { ...api, http: { ...api.http, request }, leaves },
		hasSent: () => sent,
		asSent: (error) => {
			if (error instanceof Failure) return error;
			const message = wordsOf(error);
			return asSend(new Failure({ kind: 'malformed', message }));
		},
	};
}
