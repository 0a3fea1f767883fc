import type { Api } from '../../../nodes/Namirial/api/connection';
import { getHealth, healthSchema } from '../../../nodes/Namirial/api/health';
import { canned, thrownBy } from '../../engine/harness/canned';

/** The health of the gateway. */

const GATEWAY = { baseUrl: 'https://gateway.example', username: 'ann', password: 'secret' };
function respondingWith(body: unknown, status = 200) {
	const { http, requests } = canned([body], status);
	return { api: { http, gateway: GATEWAY } as unknown as Api, requests };
}

const rejectedLogin = (status: number) => ({
	kind: 'credential',
	message: `Namirial rejected the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
	httpStatus: status,
	nothingAccepted: true,
});
const ADVICE =
	'Check Username and Password in the Namirial SMS Gateway API credential, and that its Base URL belongs to the same environment.';

describe('the health of a service', () => {
	it.each(['Services', 'Admin'] as const)('of the part %s is requested', async (part) => {
		const { api, requests } = respondingWith({ globalStatus: true });
		await getHealth(api, part);
		expect(requests).toEqual([
			{
				kind: 'repeatable',
				method: 'POST',
				url: `https://gateway.example/api/${part}/checkServiceStatus`,
				headers: { Accept: 'application/json', Authorization: 'Basic YW5uOnNlY3JldA==' },
			},
		]);
	});

	it('is read member by member', async () => {
		const raw = {
			globalStatus: false,
			dbStatus: true,
			servicesStatus: false,
			errorMessage: 'Down',
			versionNumber: '27.1',
		};
		expect(await getHealth(respondingWith(raw).api, 'Services')).toEqual({
			healthy: false,
			database: true,
			services: false,
			errorMessage: 'Down',
			version: '27.1',
			raw,
		});
	});

	it('has the members of the output schema, without the provider', async () => {
		const health = await getHealth(respondingWith({ globalStatus: true }).api, 'Admin');
		expect([...Object.keys(healthSchema), 'raw']).toEqual(['provider', ...Object.keys(health)]);
	});

	it('ignores flags that are not booleans', async () => {
		const raw = { globalStatus: true, dbStatus: 'true', servicesStatus: 1 };
		expect(await getHealth(respondingWith(raw).api, 'Services')).toEqual({
			healthy: true,
			database: null,
			services: null,
			errorMessage: null,
			version: null,
			raw,
		});
	});

	it.each([{}, { globalStatus: 'true' }, { code: 8, message: 'Wrong number' }])(
		'cannot be read from %j',
		async (body) => {
			expect(
				await thrownBy(async () => await getHealth(respondingWith(body).api, 'Admin')),
			).toMatchObject({
				kind: 'malformed',
				message: expect.stringContaining('Namirial’s service status'),
			});
		},
	);

	it.each([
		[401, ''],
		[403, { globalStatus: true }],
		[500, { code: 63, message: 'Authentication error' }],
		[200, { message: '63: Authentication error' }],
	])('with HTTP %i and %j is a rejected login', async (status, body) => {
		const { api } = respondingWith(body, status);
		expect(await thrownBy(async () => await getHealth(api, 'Services'))).toEqual({
			...rejectedLogin(status),
			description: ADVICE,
		});
		expect(await thrownBy(async () => await getHealth(api, 'Admin'))).toEqual({
			...rejectedLogin(status),
			description: `${ADVICE} That service is for administrators only.`,
		});
	});

	it('rejected with another code is not about the login', async () => {
		const { api } = respondingWith({ code: 64, message: 'x' }, 500);
		expect(await thrownBy(async () => await getHealth(api, 'Services'))).toMatchObject({
			kind: 'unavailable',
			httpStatus: 500,
		});
	});
});
