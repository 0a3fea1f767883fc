import { PASSWORD, USERNAME } from '../../sandbox/namirial/settings';
import {
	basic,
	gateway,
	listed,
	order,
	sandbox,
	sent,
	status,
	stored,
	useSandbox,
	UUID,
	type ApiResponse,
} from './namirial';

const HOUR = 3_600_000;

useSandbox();

describe('health', () => {
	it('needs no authentication', async () => {
		const response = await gateway('Services/checkServiceStatus', undefined, { Authorization: '' });
		expect(response.status).toBe(200);
		expect(response.json).toEqual({
			globalStatus: true,
			dbStatus: true,
			servicesStatus: true,
			errorMessage: '',
			versionNumber: '27.1.0.2',
		});
	});

	it('can be bad with HTTP 200, with a reason', async () => {
		sandbox.configure('namirial', { healthy: false });
		const response = await gateway('Services/checkServiceStatus');
		expect(response.status).toBe(200);
		expect(response.json).toMatchObject({
			globalStatus: false,
			errorMessage: 'Database is not reachable',
		});
	});

	it('on the admin path requires an admin account', async () => {
		expect((await gateway('Admin/checkServiceStatus')).status).toBe(200);
		const wrongAccount = { Authorization: basic('somebody') };
		expect((await gateway('Admin/checkServiceStatus', undefined, wrongAccount)).status).toBe(500);
		sandbox.configure('namirial', { admin: false });
		expect((await gateway('Admin/checkServiceStatus')).json.code).toBe(63);
	});
});

describe('credentials', () => {
	it.each([
		['none', ''],
		['a wrong password', basic(USERNAME, 'wrong')],
		['another scheme', `Bearer ${Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64')}`],
		['Latin-1', `Basic ${Buffer.from(`${USERNAME}:${PASSWORD}`, 'latin1').toString('base64')}`],
	])('rejects a send with %s', async (_name, Authorization) => {
		const response = await gateway('Services/send', order(), { Authorization });
		expect(response.status).toBe(500);
		expect(response.text).toBe('{"code":63,"message":"Authentication error","details":null}');
		expect(stored()).toHaveLength(0);
	});

	it('checks the account before the body, and can respond with 401', async () => {
		sandbox.configure('namirial', { authenticationStatus: 401 });
		const response = await gateway('Services/send', 'no JSON', {
			Authorization: basic('somebody'),
		});
		expect(response.status).toBe(401);
		expect(response.json.code).toBe(63);
	});

	it('requires a separate key for the status API, and responds with 403 to any other', async () => {
		expect(await status('reference/x', 'wrong')).toMatchObject({ status: 403, text: '' });
		expect((await status('reference/x')).text).toBe('{"messages":[]}');
	});
});

describe('a send', () => {
	it('is accepted with the published text and an id', async () => {
		const response = await gateway('Services/send', order());
		expect(response.status).toBe(200);
		expect(response.json).toEqual({
			message: '0: Accepted for delivery',
			id: expect.stringMatching(UUID) as string,
		});
	});

	it('returns the upstream provider if `detailed` is set', async () => {
		const response = await gateway('Services/send', order({ detailed: true }));
		expect(Object.keys(response.json)).toEqual(['message', 'provider', 'id']);
		expect(response.json.provider).toBe('PROVIDER1');
	});

	it('accepts the documented example', async () => {
		const id = await sent({
			text: 'Door code 4471',
			reference: { service: 'AUTHENTICATION', action: '2FA', key: 'order-9001' },
			detailed: true,
			webhook: {
				url: 'https://hooks.example.org/namirial/a1b2',
				authentication: { type: 'NONE' },
			},
		});
		expect(stored()[0]).toMatchObject({
			id,
			direction: 'out',
			to: '+393331112233',
			handset: '393331112233',
			text: 'Door code 4471',
			reference: 'order-9001',
			status: 'queued',
		});
	});

	it('on behalf of another account is for Admin/send; Services/send ignores the account', async () => {
		const onBehalf = { account: 'branch-7', lra: 42 };
		await gateway('Admin/send', order(onBehalf));
		await gateway('Services/send', order(onBehalf));
		expect(stored().map(({ detail }) => detail.account)).toEqual(['branch-7', null]);
		expect((await gateway('Admin/send', order({ lra: '42' }))).status).toBe(400);
	});

	it.each([
		['no destination', { destination: undefined }],
		['no plus sign', { destination: '393331112233' }],
		['spaces', { destination: '+39 333 1112233' }],
		['a leading zero', { destination: '+0393331112' }],
		['6 digits', { destination: '+393331' }],
		['16 digits', { destination: '+3933311122334455' }],
		['two plus signs', { destination: '++393331112233' }],
	])('with %s in the number is code 56', async (_name, changes) => {
		const response = await gateway('Services/send', order(changes));
		expect(response.status).toBe(500);
		expect(response.text).toBe('{"code":56,"message":"Invalid number","details":null}');
	});

	it.each([
		['no text', { text: undefined }, 66],
		['an empty text', { text: '' }, 66],
		['a key without a service', { reference: { key: 'order-9001' } }, 59],
		['an action without a service', { reference: { action: '2FA' } }, 59],
		['an empty service', { reference: { service: '', key: 'k' } }, 59],
		['a service that is not on the list', { reference: { service: 'SHOP' } }, 59],
	])('with %s is rejected', async (_name, changes, code) => {
		const response = await gateway('Services/send', order(changes));
		expect(response.status).toBe(500);
		expect(response.json).toMatchObject({ code, details: null });
		expect(stored()).toHaveLength(0);
	});

	it('is checked in this order: number, text, reference, webhook', async () => {
		const wrong = {
			destination: 'x',
			text: '',
			reference: { key: 'k' },
			webhook: { url: 'http://hooks.example.org/', authentication: { type: 'NONE' } },
		};
		const codes: unknown[] = [];
		for (const changes of [
			wrong,
			{ ...wrong, destination: undefined, text: 'x' },
			{ ...wrong, destination: '+393331112233' },
			{ ...wrong, destination: '+393331112233', text: 'x' },
			{ ...wrong, destination: '+393331112233', text: 'x', reference: undefined },
		]) {
			const { status: http, json } = await gateway('Services/send', order(changes));
			codes.push(json.code ?? http);
		}
		expect(codes).toEqual([56, 56, 66, 59, 400]);
	});

	it('accepts 1600 characters and no more', async () => {
		await sent({ text: 'a'.repeat(1_600) });
		const response = await gateway('Services/send', order({ text: 'a'.repeat(1_601) }));
		expect(response.status).toBe(400);
	});

	it.each([
		['a field that does not exist', order({ from: 'ACME' }), 'from is an unknown field'],
		['null in an optional field', order({ reference: null }), 'reference is empty'],
		['an empty optional field', order({ businessRelationId: '' }), 'businessRelationId is empty'],
		['a number as text', order({ text: 4471 }), 'text is not of type string'],
		['a string as boolean', order({ detailed: 'true' }), 'detailed is not of type boolean'],
		['a list', [order()], 'the body is not an object'],
		['cut-off JSON', '{"destination":"+39', 'it is not JSON'],
	])('with %s is a bad request', async (_name, body, problem) => {
		const response = await gateway('Services/send', body);
		expect(response.status).toBe(400);
		expect(response.json.message).toBe(`Bad request: ${problem}`);
	});

	it('may have the deprecated attemptCount, which has no effect', async () => {
		await sent({ attemptCount: 'three' });
	});

	it('may have unknown fields if the settings allow it', async () => {
		sandbox.configure('namirial', { strictFields: false });
		await sent({ from: 'ACME', reference: null, webhook: null });
	});

	it('requires the content type JSON', async () => {
		const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
		expect((await gateway('Services/send', order(), form)).status).toBe(415);
	});

	it.each([
		[
			'http to another machine',
			{ url: 'http://hooks.example.org/', authentication: { type: 'NONE' } },
		],
		['no address', { authentication: { type: 'NONE' } }],
		['no authentication', { url: 'https://hooks.example.org/' }],
		[
			'another authentication',
			{ url: 'https://h.example.org/', authentication: { type: 'BASIC' } },
		],
	])('with a webhook with %s is rejected', async (_name, webhook) => {
		expect((await gateway('Services/send', order({ webhook }))).status).toBe(400);
		expect(stored()).toHaveLength(0);
	});

	it('may have an http webhook on this machine, unless the settings forbid it', async () => {
		const webhook = { url: 'http://localhost:5678/x', authentication: { type: 'NONE' } };
		await sent({ webhook });
		sandbox.configure('namirial', { allowLoopbackHttp: false });
		expect((await gateway('Services/send', order({ webhook }))).status).toBe(400);
	});

	it.each([
		['+393335550108', 8],
		['+393335550161', 61],
		['+393335550164', 64],
		['+393335550174', 74],
		// an outcome that all providers support
		['+17575550162', 8],
	])('to %s is code %i', async (destination, code) => {
		sandbox.numbers.set('+17575550162', 'rejected');
		const response = await gateway('Services/send', order({ destination }));
		expect(response.status).toBe(500);
		expect(response.json.code).toBe(code);
	});

	it('has the published texts for codes 8, 56 and 60, and others if set', async () => {
		const wrong = order({ destination: '+393335550108' });
		expect((await gateway('Services/send', wrong)).json.message).toBe('Wrong number');
		sandbox.configure('namirial', { errorTexts: { 8: 'Nope' }, errorDetails: false });
		expect((await gateway('Services/send', wrong)).json).toEqual({ code: 8, message: 'Nope' });
	});

	it('may only link to allowed hosts, if there is a list', async () => {
		sandbox.configure('namirial', { allowedHosts: ['namirial.com'] });
		await sent({ text: 'See https://namirial.com/a' });
		const response = await gateway('Services/send', order({ text: 'See https://evil.example/a' }));
		expect(response.json.code).toBe(74);
	});

	it('to +393335550191 fails without a code', async () => {
		const response = await gateway('Services/send', order({ destination: '+393335550191' }));
		expect(response.status).toBe(500);
		expect(response.text).toContain('<h1>Internal Server Error</h1>');
	});

	it('to +393335550190 gets no response', async () => {
		const hanging = fetch(`${sandbox.url}/namirial/gateway/api/Services/send`, {
			method: 'POST',
			headers: { Authorization: basic(), 'Content-Type': 'application/json' },
			body: JSON.stringify(order({ destination: '+393335550190' })),
			signal: AbortSignal.timeout(100),
		});
		await expect(hanging).rejects.toThrow();
		expect(stored()).toHaveLength(0);
	});

	it('is found by its reference if the response is lost after it was accepted', async () => {
		sandbox.faults.add({ kind: 'reset', operation: 'Services/send', when: 'after' });
		const reference = { service: 'ADMIN', key: 'order-9001' };
		await expect(gateway('Services/send', order({ reference }))).rejects.toThrow();
		expect(listed(await status('reference/order-9001'))).toHaveLength(1);
	});
});

describe('paths and HTTP methods', () => {
	const at = async (path: string, method: string) =>
		(await fetch(`${sandbox.url}/namirial/${path}`, { method })).status;

	it.each([
		['GET', 'gateway/api/Services/checkServiceStatus', 405],
		['GET', 'gateway/api/Services/send', 405],
		['POST', 'status/api/messagestatus/reference/x', 405],
		['POST', 'gateway/api/services/send', 404],
		['POST', 'gateway/Services/send', 404],
		['POST', 'status/api/Services/send', 404],
		['GET', 'gateway/api/messagestatus/reference/x', 404],
		['GET', 'status/messagestatus/reference/x', 404],
		['GET', 'status/api/api/messagestatus/reference/x', 404],
		['GET', 'status/api/messagestatus/reference/a/b', 404],
		['GET', 'status/api/messagestatus/reference/', 404],
	])('%s %s is %i', async (method, path, expected) => {
		expect(await at(path, method)).toBe(expected);
	});

	it('can be case-insensitive', async () => {
		sandbox.configure('namirial', { caseSensitivePaths: false });
		expect((await gateway('services/SEND', order())).status).toBe(200);
		expect(sandbox.requests.count('namirial', 'Services/send')).toBe(1);
	});

	it('are the operation names in the request log', async () => {
		const id = await sent();
		await status(id);
		await status('phonenumber/+393331112233');
		await status('reference/x');
		expect(sandbox.requests.summary().byOperation.namirial).toEqual({
			'Services/send': 1,
			messagestatus: 1,
			'messagestatus/phonenumber': 1,
			'messagestatus/reference': 1,
		});
		expect(sandbox.requests.list({ operation: 'messagestatus/phonenumber' })[0]).toMatchObject({
			recipients: ['+393331112233'],
		});
	});
});

describe('anti-flooding', () => {
	it('drops the third equal text within an hour, and responds with success', async () => {
		const responses: ApiResponse[] = [];
		for (let copy = 0; copy < 3; copy++) {
			responses.push(await gateway('Services/send', order({ text: 'same' })));
		}
		expect(responses[2]).toMatchObject({ status: 200 });
		expect(responses[2].json.message).toBe('0: Accepted for delivery');
		expect(stored()).toHaveLength(2);
		expect((await status(String(responses[2].json.id))).status).toBe(404);
	});

	it('may omit the id from that response', async () => {
		sandbox.configure('namirial', { duplicateLimit: 0, droppedHasId: false });
		expect((await gateway('Services/send', order())).json).toEqual({
			message: '0: Accepted for delivery',
		});
	});

	it('counts equal texts by number and by upstream provider', async () => {
		sandbox.configure('namirial', { upstreamProviders: ['PROVIDER1', 'PROVIDER2'] });
		for (let copy = 0; copy < 6; copy++) await sent({ text: 'same' });
		expect(stored()).toHaveLength(4);
		await sent({ text: 'same', destination: '+393334445566' });
		expect(stored()).toHaveLength(5);
	});

	it('rejects the 151st message to a number with code 60', async () => {
		for (let count = 0; count < 150; count++) await sent();
		const response = await gateway('Services/send', order());
		expect(response.status).toBe(500);
		expect(response.text).toBe('{"code":60,"message":"Anti-flooding error","details":null}');
		await sent({ destination: '+393334445566' });
		expect(stored()).toHaveLength(151);
	});

	it('ends after an hour', async () => {
		sandbox.configure('namirial', { duplicateLimit: 1, volumeLimit: 2 });
		await sent({ text: 'same' });
		await sent({ text: 'other' });
		await sandbox.clock.advance(HOUR - 1);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
		await sent({ text: 'same' });
		expect(stored()).toHaveLength(2);
		await sandbox.clock.advance(1);
		await sent({ text: 'same' });
		expect(stored()).toHaveLength(3);
	});

	it('does not count rejected messages, unless set', async () => {
		sandbox.configure('namirial', { volumeLimit: 1 });
		await sent();
		await sandbox.clock.advance(HOUR / 2);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
		await sandbox.clock.advance(HOUR / 2);
		await sent();

		sandbox.reset();
		sandbox.configure('namirial', { volumeLimit: 1, floodCounts: 'all' });
		await sent();
		await sandbox.clock.advance(HOUR / 2);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
		await sandbox.clock.advance(HOUR / 2);
		expect((await gateway('Services/send', order())).json.code).toBe(60);
	});
});
