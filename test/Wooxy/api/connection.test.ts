import { connect, connectWith, MOST_IN_FLIGHT } from '../../../nodes/Wooxy/api/connection';
import { FIRST, HTTP, nodeWith, OLDER } from '../../shared/credentials';

/** The credential of Wooxy, and the limit that all runs of an account share. */

const VALUES = {
	baseUrl: 'https://api.test/',
	accessToken: ' access-1 ',
	postbackToken: `${FIRST}, ${OLDER}`,
};

describe('a connection', () => {
	it('has the values of the credential without what is around them', () => {
		const { baseUrl, accessToken, postbackToken } = connectWith(HTTP, VALUES);
		expect([baseUrl, accessToken, postbackToken]).toEqual(['https://api.test', 'access-1', FIRST]);
	});

	it('may have neither a key nor a token', () => {
		const { accessToken, postbackToken } = connectWith(HTTP, { baseUrl: 'https://api.test' });
		expect([accessToken, postbackToken]).toEqual(['', undefined]);
	});

	it.each(['access-1', FIRST, OLDER])('has the secret %s masked', (secret) => {
		const { redact, http } = connectWith(HTTP, VALUES);
		expect(redact(`It is ${secret}.`)).toBe('It is ***.');
		expect(http.redact(`It is ${secret}.`)).toBe('It is ***.');
	});

	it('shares its limit with those of the same account alone', () => {
		const { limit } = connectWith(HTTP, VALUES);
		expect(limit.concurrency).toBe(MOST_IN_FLIGHT);
		expect(connectWith(HTTP, { ...VALUES, accessToken: 'access-1' }).limit).toBe(limit);
		expect(connectWith(HTTP, { ...VALUES, accessToken: 'access-2' }).limit).not.toBe(limit);
		expect(connectWith(HTTP, { ...VALUES, baseUrl: 'https://b.test' }).limit).not.toBe(limit);
	});

	it('without a web address tells what one is like', () => {
		expect(() => connectWith(HTTP, { ...VALUES, baseUrl: 'api.test' })).toThrow(
			expect.objectContaining({
				description: 'It should be like https://api.wooxy.com, with https:// in front.',
			}),
		);
	});

	it('is made of the credential of the node', async () => {
		const { context, asked } = nodeWith(VALUES);
		expect((await connect(context)).accessToken).toBe('access-1');
		expect(asked).toEqual(['wooxyApi']);
	});
});
