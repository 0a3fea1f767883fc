import { AccountPace } from '../../../nodes/shared/http/accountPace';
import { connect, connectWith } from '../../../nodes/Cdyne/api/connection';
import type { HttpContext } from '../../../nodes/shared/http/request';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT } from '../cdyne';

/** The connection for the values of a credential. */

const CONTEXT = { helpers: { httpRequest: async () => ({}) } } as HttpContext;
const TOKENS = ['first-token-of-16', 'other-token-of-16'];
const VALUES = {
	licenseKey: ` ${ACCOUNT} `,
	baseUrl: 'https://cdyne.example/',
	postbackToken: TOKENS.join(', '),
};

it('has the values of the credential, without surrounding spaces', () => {
	const api = connectWith(CONTEXT, VALUES);
	expect(api).toEqual({
		http: { request: expect.any(Function), redact: api.redact, pace: expect.any(AccountPace) },
		redact: expect.any(Function),
		baseUrl: 'https://cdyne.example',
		licenseKey: ACCOUNT,
		postbackToken: TOKENS[0],
		numbers: new Map(),
	});
	expect(api.redact(`a ${ACCOUNT} b ${TOKENS.join(' ')} c`)).toBe('a *** b *** *** c');
});

it('has no license key and no token if the credential has none', () => {
	const { licenseKey, postbackToken } = connectWith(CONTEXT, { baseUrl: VALUES.baseUrl });
	expect([licenseKey, postbackToken]).toEqual(['', undefined]);
});

it('rejects an invalid Base URL and says what it should look like', async () => {
	expect(await thrownBy(() => connectWith(CONTEXT, { ...VALUES, baseUrl: 'x' }))).toEqual({
		kind: 'rejected',
		message: 'The Base URL "x" of the credential is not a web address',
		description:
			'It should look like https://messaging.esendex.us/Messaging.svc, starting with https://.',
		nothingAccepted: true,
	});
});

it('is read from the credential of the node', async () => {
	const getCredentials = jest.fn(async () => VALUES);
	const api = await connect({ ...CONTEXT, getCredentials } as never);
	expect(getCredentials.mock.calls).toEqual([['cdyneApi']]);
	expect(api.licenseKey).toBe(ACCOUNT);
});
