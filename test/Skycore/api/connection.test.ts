import { connect, connectWith } from '../../../nodes/Skycore/api/connection';
import { call, requireChild } from '../../../nodes/Skycore/api/request';
import { thrownBy } from '../../engine/harness/canned';
import { FIRST, HTTP, nodeWith, OLDER } from '../../engine/harness/credentials';
import { elementOf, requestOf, responding } from './skycore';

/** The connection made from a credential, and a call over it. */

const VALUES = {
	baseUrl: ' https://skycore.test/1.3/ ',
	apiKey: ' key-12345 ',
	postbackToken: `${FIRST},${OLDER}`,
};

describe('a connection', () => {
	it('has the trimmed values of the credential', () => {
		const { baseUrl, apiKey } = connectWith(HTTP, VALUES);
		expect([baseUrl, apiKey]).toEqual(['https://skycore.test/1.3/', 'key-12345']);
	});

	it('may have no key', () => {
		expect(connectWith(HTTP, { baseUrl: 'https://skycore.test' }).apiKey).toBe('');
	});

	it.each(['key-12345', FIRST, OLDER])('masks the secret %s', (secret) => {
		const { redact, http } = connectWith(HTTP, VALUES);
		expect(redact(`It is ${secret}.`)).toBe('It is ***.');
		expect(http.redact(`It is ${secret}.`)).toBe('It is ***.');
	});

	it('is made from the credential of the node', async () => {
		const { context, asked } = nodeWith(VALUES);
		expect((await connect(context)).apiKey).toBe('key-12345');
		expect(asked).toEqual(['skycoreApi']);
	});
});

describe('a call', () => {
	it('is repeatable by default, and passes on the response', async () => {
		const { api, requests } = responding('x');
		const fields = [
			['A', 'b & c'],
			['NONE', undefined],
		] as const;
		expect(await call(api, 'doIt', fields, ({ status, text }) => [status, text])).toEqual([
			200,
			'<RESPONSE>x</RESPONSE>',
		]);
		expect(requests).toEqual([requestOf('doIt', '<A>b &amp; c</A>')]);
	});

	it('may be a send with its own message for a lost response', async () => {
		const { api, requests } = responding('');
		const options = { kind: 'send', ambiguity: { message: 'm', description: 'd' } } as const;
		await call(api, 'doIt', [], () => undefined, options);
		expect(requests).toEqual([requestOf('doIt', '', options)]);
	});

	it('may require a child of the response', async () => {
		const root = elementOf('<RESPONSE><A> 007 </A><B/></RESPONSE>');
		expect(requireChild(root, 'A')).toBe('007');
		expect(await thrownBy(() => requireChild(root, 'B'))).toEqual({
			kind: 'malformed',
			message: 'Expected B from Skycore, got a RESPONSE without it',
		});
	});
});
