import { connect, connectWith } from '../../../nodes/Skycore/api/connection';
import { call, memberOf } from '../../../nodes/Skycore/api/request';
import { refusal } from '../../shared/canned';
import { FIRST, HTTP, nodeWith, OLDER } from '../../shared/credentials';
import { answering, elementOf, requestOf } from './skycore';

/** The credential of Skycore, and one call with it. */

const VALUES = {
	baseUrl: ' https://skycore.test/1.3/ ',
	apiKey: ' key-12345 ',
	postbackToken: `${FIRST},${OLDER}`,
};

describe('a connection', () => {
	it('has the values of the credential without what is around them', () => {
		const { baseUrl, apiKey } = connectWith(HTTP, VALUES);
		expect([baseUrl, apiKey]).toEqual(['https://skycore.test/1.3', 'key-12345']);
	});

	it('may have no key', () => {
		expect(connectWith(HTTP, { baseUrl: 'https://skycore.test' }).apiKey).toBe('');
	});

	it.each(['key-12345', FIRST, OLDER])('has the secret %s masked', (secret) => {
		const { redact, http } = connectWith(HTTP, VALUES);
		expect(redact(`It is ${secret}.`)).toBe('It is ***.');
		expect(http.redact(`It is ${secret}.`)).toBe('It is ***.');
	});

	it('is made of the credential of the node', async () => {
		const { context, asked } = nodeWith(VALUES);
		expect((await connect(context)).apiKey).toBe('key-12345');
		expect(asked).toEqual(['skycoreApi']);
	});
});

describe('a call', () => {
	it('is repeatable unless told otherwise, and hands the answer on', async () => {
		const { api, requests } = answering('x');
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

	it('may be a send with words for a lost answer', async () => {
		const { api, requests } = answering('');
		const how = { kind: 'send', ambiguity: { message: 'm', description: 'd' } } as const;
		await call(api, 'doIt', [], () => undefined, how);
		expect(requests).toEqual([requestOf('doIt', '', how)]);
	});

	it('may need a member of the answer', async () => {
		const root = elementOf('<RESPONSE><A> 007 </A><B/></RESPONSE>');
		expect(memberOf(root, 'A')).toBe('007');
		expect(await refusal(() => memberOf(root, 'B'))).toEqual({
			kind: 'malformed',
			message: 'Expected B of Skycore, got a RESPONSE without it',
		});
	});
});
