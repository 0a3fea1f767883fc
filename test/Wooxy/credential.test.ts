import { WooxyApi } from '../../credentials/WooxyApi.credentials';

const { request, rules = [] } = new WooxyApi().test;

/** As n8n applies the rules to an answer. */
function verdict(body: Record<string, unknown>): string {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		if (body[rule.properties.key] === rule.properties.value) return rule.properties.message;
	}
	return 'OK';
}

describe('the test of the credential', () => {
	it('reads the account', () => {
		expect(request).toMatchObject({ method: 'POST', url: '/v3/account/info' });
	});

	it('takes an account for a good key', () => {
		expect(verdict({ result: true, accountName: 'Shop', accountBalance: 0 })).toBe('OK');
	});

	it('tells a bad key by the result, whatever the HTTP status', () => {
		expect(verdict({ result: false, errors: ['Invalid authorization token!'] })).toContain(
			'does not accept this access token',
		);
	});

	it('tells an answer that is not of Wooxy', () => {
		expect(verdict({ hello: 'world' })).toContain('check the Base URL');
	});
});
