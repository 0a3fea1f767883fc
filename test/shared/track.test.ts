import { Failure } from '../../nodes/shared/errors';
import type { HttpRequest } from '../../nodes/shared/http';
import type { Connection } from '../../nodes/shared/operation';
import { track } from '../../nodes/shared/track';

/** Whether a send of an item has left, and what an error says then. */

function tracked() {
	const asked: unknown[][] = [];
	const request = async (...all: unknown[]) => {
		asked.push(all);
		return 'answer';
	};
	const redact = <T>(value: T) => value;
	const api = { redact, http: { redact, request }, own: 1 } as unknown as Connection;
	return { ...track(api), asked, original: api };
}
const requestOf = (kind: HttpRequest['kind']) => ({ kind, method: 'POST', url: 'u' }) as const;
const read = () => 'read';

it('passes requests on, and keeps all else of the connection', async () => {
	const { api, asked, original } = tracked();
	expect(await api.http.request(requestOf('repeatable'), read)).toBe('answer');
	expect(asked).toEqual([[requestOf('repeatable'), read]]);
	expect(api).toMatchObject({ own: 1, redact: original.redact });
	expect(api.http.redact).toBe(original.http.redact);
});

it.each<[HttpRequest['kind'], boolean]>([
	['send', true],
	['repeatable', false],
])('after a request of kind %s a send has left: %s', async (kind, left) => {
	const { api, hasSent } = tracked();
	expect(hasSent()).toBe(false);
	await api.http.request(requestOf(kind), read);
	expect(hasSent()).toBe(left);
});

it('a send has left also with a request for several items, and before the answer', () => {
	const { api, hasSent } = tracked();
	api.leaves?.();
	expect(hasSent()).toBe(true);
	const other = tracked();
	expect(other.hasSent()).toBe(false);
	void other.api.http.request(requestOf('send'), read);
	expect(other.hasSent()).toBe(true);
});

it('an error of ours leaves open what became of the send, a failure says it', () => {
	const { asSent } = tracked();
	const failure = new Failure({ kind: 'malformed', message: 'x' });
	expect(asSent(failure)).toBe(failure);
	expect(asSent(new TypeError('broken'))).toMatchObject({
		kind: 'ambiguous',
		message: 'broken. The message may have gone out',
	});
});
