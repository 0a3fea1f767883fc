import { Failure, messageOf } from '../errors/failure';
import type { Batches } from '../http/batcher';
import { asAmbiguousSend, type HttpRequest, type ReadResponse } from '../http/request';
import type { Connection } from '../provider/operation';

/** The connection and the batches of one item, which note whether it has sent anything. */
interface TrackedSend<Api> {
	api: Api;
	batches: Batches;
	hasSent(): boolean;
	/** An error after a send. Unless it is a Failure, it becomes an `ambiguous` one. */
	asSendError(error: unknown): unknown;
}

/** Wraps the connection and the batches of a run for one item. */
export function trackSend<Api extends Connection>(api: Api, batches: Batches): TrackedSend<Api> {
	let hasSent = false;
	const request = async <T>(httpRequest: HttpRequest, read: ReadResponse<T>): Promise<T> => {
		hasSent ||= httpRequest.kind === 'send';
		return await api.http.request(httpRequest, read);
	};
	const send: Batches['send'] = async (key, entries, call) => {
		hasSent = true;
		return await batches.send(key, entries, call);
	};
	return {
		api: { ...api, http: { ...api.http, request } },
		batches: { send },
		hasSent: () => hasSent,
		asSendError: (error) => {
			if (error instanceof Failure) return error;
			return asAmbiguousSend(new Failure({ kind: 'malformed', message: messageOf(error) }));
		},
	};
}
