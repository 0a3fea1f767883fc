import { connect, connectWith } from '../../../nodes/Cdyne/api/connection';
import type { HttpContext } from '../../../nodes/shared/http';
import { Traffic } from '../../../nodes/shared/traffic';
import { refusal } from '../../shared/canned';
import { ACCOUNT } from '../cdyne';

/** The connection that a credential makes. */

const CONTEXT = { helpers: { httpRequest: async () => ({}) } } as HttpContext;
const TOKENS = ['first-token-of-16', 'other-token-of-16'];
const VALUES = {
	licenseKey: ` ${ACCOUNT} `,
	baseUrl: 'https://cdyne.example/',
	postbackToken: TOKENS.join(', '),
};

it('has what the credential says, without what is around it', () => {
	const api = connectWith(CONTEXT, VALUES);
	expect(api).toEqual({
		http: { request: expect.any(Function), redact: api.redact },
		redact: expect.any(Function),
		baseUrl: 'https://cdyne.example',
		licenseKey: ACCOUNT,
		postbackToken: TOKENS[0],
		traffic: new Traffic(),
		pace: { concurrency: 1, perRequest: 1 },
		gatherers: new Map(),
	});
	expect(api.redact(`a ${ACCOUNT} b ${TOKENS.join(' ')} c`)).toBe('a *** b *** *** c');
});

it('has no key and no token where the credential has none', () => {
	const { licenseKey, postbackToken } = connectWith(CONTEXT, { baseUrl: VALUES.baseUrl });
	expect([licenseKey, postbackToken]).toEqual(['', undefined]);
});

it('says what a Base URL is like', async () => {
	expect(await refusal(() => connectWith(CONTEXT, { ...VALUES, baseUrl: 'x' }))).toEqual({
		kind: 'rejected',
		message: 'The Base URL "x" of the credential is not a web address',
		description:
			'It should be like https://messaging.esendex.us/Messaging.svc, with https:// in front.',
		nothingAccepted: true,
	});
});

it('is read from the credential of the node, with the pace of the run', async () => {
	const getCredentials = jest.fn(async () => VALUES);
	const pace = { concurrency: 3, perRequest: 9 };
	const api = await connect({ ...CONTEXT, getCredentials } as never, pace);
	expect(getCredentials.mock.calls).toEqual([['cdyneApi']]);
	expect([api.licenseKey, api.pace]).toEqual([ACCOUNT, pace]);
});
