import { connect, connectWith, MAX_IN_FLIGHT } from '../../../nodes/Wooxy/api/connection';
import { FIRST, HTTP, nodeWith, OLDER } from '../../engine/harness/credentials';

/** The connection made from a credential, and the limit that all runs of an account share. */

const VALUES = {
	baseUrl: 'https://api.test/',
	accessToken: ' access-1 ',
	postbackToken: `${FIRST}, ${OLDER}`,
};

describe('a connection', () => {
	it('has the trimmed values of the credential', () => {
		const { baseUrl, accessToken, postbackToken } = connectWith(HTTP, VALUES);
		expect([baseUrl, accessToken, postbackToken]).toEqual(['https://api.test', 'access-1', FIRST]);
	});

	it('may have neither an access token nor a postback token', () => {
		const { accessToken, postbackToken } = connectWith(HTTP, { baseUrl: 'https://api.test' });
		expect([accessToken, postbackToken]).toEqual(['', undefined]);
	});

	it.each(['access-1', FIRST, OLDER])('masks the secret %s', (secret) => {
		const { redact, http } = connectWith(HTTP, VALUES);
		expect(redact(`It is ${secret}.`)).toBe('It is ***.');
		expect(http.redact(`It is ${secret}.`)).toBe('It is ***.');
	});

	it('shares its limit only with connections of the same account', () => {
		const { limit } = connectWith(HTTP, VALUES);
		expect(limit.concurrency).toBe(MAX_IN_FLIGHT);
		expect(connectWith(HTTP, { ...VALUES, accessToken: 'access-1' }).limit).toBe(limit);
		expect(connectWith(HTTP, { ...VALUES, accessToken: 'access-2' }).limit).not.toBe(limit);
		expect(connectWith(HTTP, { ...VALUES, baseUrl: 'https://b.test' }).limit).not.toBe(limit);
	});

	it('fails if the Base URL is not a web address, and shows an example', () => {
		expect(() => connectWith(HTTP, { ...VALUES, baseUrl: 'api.test' })).toThrow(
			expect.objectContaining({
				description: 'It should look like https://api.wooxy.com, starting with https://.',
			}),
		);
	});

	it('is made from the credential of the node', async () => {
		const { context, asked } = nodeWith(VALUES);
		expect((await connect(context)).accessToken).toBe('access-1');
		expect(asked).toEqual(['wooxyApi']);
	});
});
