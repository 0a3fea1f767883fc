import { Failure } from '../../../nodes/shared/errors/failure';
import type { Batches } from '../../../nodes/shared/http/batcher';
import type { HttpRequest } from '../../../nodes/shared/http/request';
import type { Connection } from '../../../nodes/shared/provider/operation';
import { trackSend } from '../../../nodes/shared/sending/trackSend';

/** Whether an item has sent anything, and what an error after that means. */

function tracked() {
	const requests: unknown[][] = [];
	const batched: unknown[][] = [];
	const request = async (...args: unknown[]) => {
		requests.push(args);
		return 'response';
	};
	const send = async (...args: unknown[]) => {
		batched.push(args);
		return ['result'];
	};
	const redact = <T>(value: T) => value;
	const original = { redact, http: { redact, request }, baseUrl: 'u' } as unknown as Connection;
	const tracking = trackSend(original, { send } as unknown as Batches);
	return { ...tracking, original, requests, batched };
}
const requestOf = (kind: HttpRequest['kind']) => ({ kind, method: 'POST', url: 'u' }) as const;
const read = () => 'read';
const call = async () => [];

it('passes requests on and keeps the other members of the connection', async () => {
	const { api, requests, original } = tracked();
	expect(await api.http.request(requestOf('repeatable'), read)).toBe('response');
	expect(requests).toEqual([[requestOf('repeatable'), read]]);
	expect(api).toMatchObject({ baseUrl: 'u', redact: original.redact });
	expect(api.http.redact).toBe(original.http.redact);
});

it.each<[HttpRequest['kind'], boolean]>([
	['send', true],
	['repeatable', false],
])('after a request of kind %s, hasSent is %s', async (kind, sent) => {
	const { api, hasSent } = tracked();
	expect(hasSent()).toBe(false);
	await api.http.request(requestOf(kind), read);
	expect(hasSent()).toBe(sent);
});

it('an item has sent as soon as its request starts', () => {
	const { api, hasSent } = tracked();
	void api.http.request(requestOf('send'), read);
	expect(hasSent()).toBe(true);
});

it('an item has sent as soon as it passes entries to a batch', async () => {
	const { batches, batched, hasSent } = tracked();
	expect(hasSent()).toBe(false);
	const results = batches.send('key', ['entry'], call);
	expect(hasSent()).toBe(true);
	expect(await results).toEqual(['result']);
	expect(batched).toEqual([['key', ['entry'], call]]);
});

it('an error after a send is ambiguous unless it is a failure', () => {
	const { asSendError } = tracked();
	const failure = new Failure({ kind: 'malformed', message: 'x' });
	expect(asSendError(failure)).toBe(failure);
	expect(asSendError(new TypeError('broken'))).toMatchObject({
		kind: 'ambiguous',
		message: 'broken. The message may have gone out',
	});
});
