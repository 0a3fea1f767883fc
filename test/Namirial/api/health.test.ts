import { getHealth, healthShape } from '../../../nodes/Namirial/api/health';
import type { Api } from '../../../nodes/Namirial/api/connection';
import { canned, refusal } from '../../shared/canned';

/** What the gateway says of itself. */

const GATEWAY = { baseUrl: 'https://gateway.example', username: 'ann', password: 'secret' };
function answering(body: unknown, status = 200) {
	const { http, requests } = canned([body], status);
	return { api: { http, gateway: GATEWAY } as unknown as Api, requests };
}

const LOGIN = (status: number) => ({
	kind: 'credential',
	message: `Namirial refused the username and password of the Namirial SMS Gateway API credential (HTTP ${status})`,
	httpStatus: status,
	nothingAccepted: true,
});
const ADVICE =
	'Check Username and Password in the Namirial SMS Gateway API credential, and that its Base URL belongs to the same environment.';

describe('the health of a service', () => {
	it.each(['Services', 'Admin'] as const)('of the part %s is asked for', async (part) => {
		const { api, requests } = answering({ globalStatus: true });
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
		expect(await getHealth(answering(raw).api, 'Services')).toEqual({
			healthy: false,
			database: true,
			services: false,
			errorMessage: 'Down',
			version: '27.1',
			raw,
		});
	});

	it('has these members in an item, the provider before them', async () => {
		const health = await getHealth(answering({ globalStatus: true }).api, 'Admin');
		expect([...Object.keys(healthShape), 'raw']).toEqual(['provider', ...Object.keys(health)]);
	});

	it('has no flags that are no booleans', async () => {
		const raw = { globalStatus: true, dbStatus: 'true', servicesStatus: 1 };
		expect(await getHealth(answering(raw).api, 'Services')).toEqual({
			healthy: true,
			database: null,
			services: null,
			errorMessage: null,
			version: null,
			raw,
		});
	});

	it.each([{}, { globalStatus: 'true' }, { code: 8, message: 'Wrong number' }])(
		'is not to be told from %j',
		async (body) => {
			expect(
				await refusal(async () => await getHealth(answering(body).api, 'Admin')),
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
	])('under HTTP %i with %j is refused for the login', async (status, body) => {
		const { api } = answering(body, status);
		expect(await refusal(async () => await getHealth(api, 'Services'))).toEqual({
			...LOGIN(status),
			description: ADVICE,
		});
		expect(await refusal(async () => await getHealth(api, 'Admin'))).toEqual({
			...LOGIN(status),
			description: `${ADVICE} That service takes administrators only.`,
		});
	});

	it('refused with another code is no matter of the login', async () => {
		const { api } = answering({ code: 64, message: 'x' }, 500);
		expect(await refusal(async () => await getHealth(api, 'Services'))).toMatchObject({
			kind: 'unavailable',
			httpStatus: 500,
		});
	});
});
