import {
	CUSTOMERS,
	HANDSET,
	SAMPLE,
	UNKNOWN_ID,
	ask,
	failed,
	receiver,
	sandbox,
	send,
	statusOf,
	step,
	until,
	useSandbox,
} from './wooxy';

useSandbox();

const without = (name: string) =>
	Object.fromEntries(Object.entries(SAMPLE).filter(([key]) => key !== name));

describe('sms/send', () => {
	it('accepts the documented sample and shows it on the handset', async () => {
		const id = await send();
		expect(sandbox.messages.list({ provider: 'wooxy' })).toMatchObject([
			{ id, direction: 'out', from: 'Shop 24', handset: '37255512345', text: 'Code 1234' },
		]);
		expect(await statusOf(id)).toBe('new');
	});

	it('ignores unknown fields, and accepts null for sender and tags', async () => {
		const id = await send({ id: 'x', status: 'sent', fromName: null, tags: null });
		expect(sandbox.messages.find('wooxy', id)?.from).toBe('Wooxy');
	});

	it.each(['domain', 'phoneNumber', 'text'])('requires a non-empty %s', async (name) => {
		expect((await ask('sms/send', without(name))).json).toEqual(
			failed(`Argument ${name} required`),
		);
		for (const value of ['', 5, null]) {
			expect((await ask('sms/send', { ...SAMPLE, [name]: value })).json).toEqual(
				failed(`Argument ${name} must be a non-empty string`),
			);
		}
	});

	const sender =
		'Argument fromName must contain 11 and less A-Z, a-z, 0-9 symbols and spaces or be a valid phoneNumber';
	it.each<[object, string]>([
		[{ phoneNumber: '37255512345' }, '37255512345 is not a valid E.164 phone number'],
		[{ phoneNumber: '+372 555' }, '+372 555 is not a valid E.164 phone number'],
		[{ fromName: '' }, 'Argument fromName must be a non-empty string'],
		[{ fromName: 'Twelve chars' }, sender],
		[{ fromName: 'Café' }, sender],
		[{ tags: 'otp' }, 'Argument tags must be an array'],
		[{ tags: [''] }, 'Tag name must be a non-empty string'],
		[{ tags: ['x'.repeat(51)] }, 'Tags should be 50 characters or less'],
		[
			{ tags: ['_own'] },
			'Any tags starting with an underscore are reserved for internal use and will cause errors',
		],
		[{ domain: 'unverified.example' }, 'Domain not found in your account or not verified'],
		[{ phoneNumber: '+37255500162' }, 'Message to +37255500162 is refused'],
	])('rejects %j', async (changes, text) => {
		expect((await ask('sms/send', { ...SAMPLE, ...changes })).json).toEqual(failed(text));
		expect(sandbox.messages.list()).toEqual([]);
	});

	it('accepts a phone number as sender, and a tag of 50 characters', async () => {
		await send({ fromName: '+3725551234567', tags: ['x'.repeat(50), 'registeredTag 2'] });
	});

	it('keeps an accepted message if the response is lost', async () => {
		sandbox.faults.add({ kind: 'reset', when: 'after', operation: 'sms/send', number: HANDSET });
		await expect(ask('sms/send', SAMPLE)).rejects.toThrow();
		expect(sandbox.messages.list({ provider: 'wooxy' })).toHaveLength(1);
	});
});

describe('a message', () => {
	it('is new, queued, sent and delivered, in this order', async () => {
		const id = await send();
		for (const [name, status] of [
			['queued', 'queued'],
			['sent', 'sent'],
			['final', 'delivered'],
		] as const) {
			await step(name);
			expect(await statusOf(id)).toBe(status);
		}
	});

	it.each([
		['+37255500161', 'undelivered'],
		['+37255500163', 'failed'],
		['+37255500164', 'failed'],
		['+37255500165', 'sent'],
		['+37255500166', 'failed'],
	])('to %s ends as %s', async (phoneNumber, status) => {
		const id = await send({ phoneNumber });
		await sandbox.clock.advance();
		expect(await statusOf(id)).toBe(status);
	});

	it('ends with the status that is set for its number', async () => {
		sandbox.numbers.set(HANDSET, 'reject');
		const id = await send();
		await sandbox.clock.advance();
		expect(await statusOf(id)).toBe('reject');
	});
});

describe('sms/info', () => {
	it('returns every requested id, unknown ones with null and an error', async () => {
		const id = await send();
		const { json } = await ask('sms/info', { ids: [id, UNKNOWN_ID] });
		expect(json).toEqual({
			result: true,
			data: {
				[id]: {
					id,
					status: 'new',
					createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
					text: 'Code 1234',
					phoneNumber: HANDSET,
					fromName: 'Shop 24',
				},
				[UNKNOWN_ID]: null,
			},
			errors: [`SMS ${UNKNOWN_ID} not found`],
		});
		const age = Date.now() - Date.parse(`${json.data[id].createdAt.replace(' ', 'T')}Z`);
		expect(age).toBeLessThan(5_000);
	});

	it('omits errors if there are none, unless set', async () => {
		const id = await send();
		expect((await ask('sms/info', { ids: [id] })).json).not.toHaveProperty('errors');
		sandbox.configure('wooxy', { infoEmptyErrors: true });
		expect((await ask('sms/info', { ids: [id] })).json.errors).toEqual([]);
	});

	it.each([
		['nulls', { [UNKNOWN_ID]: null }],
		['emptyArray', []],
		['null', null],
		['absent', undefined],
	])('can represent that nothing matched as: %s', async (infoUnmatched, data) => {
		sandbox.configure('wooxy', { infoUnmatched });
		const { json } = await ask('sms/info', { ids: [UNKNOWN_ID] });
		expect(json).toEqual({ result: true, data, errors: [`SMS ${UNKNOWN_ID} not found`] });
	});

	it('can reproduce the errors of the published example', async () => {
		const id = await send();
		sandbox.configure('wooxy', { infoBlankKeys: true });
		const spaced = (await ask('sms/info', { ids: [id, UNKNOWN_ID] })).json.data;
		expect(Object.keys(spaced)).toEqual([`${id[0]} ${id.slice(1)}`, '6 4f000000000000000000002']);
		sandbox.configure('wooxy', { infoBlankKeys: false, infoAlteredKeys: true });
		const altered = (await ask('sms/info', { ids: [id, UNKNOWN_ID] })).json.data;
		expect(Object.keys(altered)).toEqual([expect.not.stringMatching(id), UNKNOWN_ID]);
		expect(Object.values(altered)).toEqual([expect.objectContaining({ id }), null]);
	});

	const ids = (count: number) => Array.from({ length: count }, (_, i) => String(i));
	it.each<[object, string]>([
		[{}, 'Argument ids required'],
		[{ ids: 'x' }, 'Argument ids must be an array of strings'],
		[{ ids: [1] }, 'Argument ids must be an array of strings'],
		[{ ids: [] }, 'Argument ids can not be empty'],
		[{ ids: [''] }, 'each id must be a non-empty string'],
		[{ ids: ids(101) }, 'ids count must be less or equal 100'],
	])('rejects %j', async (fields, text) => {
		expect((await ask('sms/info', fields)).json).toEqual(failed(text));
	});

	it('accepts 100 ids', async () => {
		expect((await ask('sms/info', { ids: ids(100) })).json.errors).toHaveLength(100);
	});
});

describe('sms/trigger', () => {
	const request = { contactListId: CUSTOMERS, contact: 'u-17', text: 'Hello {{name}}' };

	it.each(['u-17', 'anna@example.com', HANDSET])('finds a contact by %s', async (contact) => {
		const { json } = await ask('sms/trigger', { ...request, contact });
		expect(sandbox.messages.find('wooxy', json.sms_id)).toMatchObject({
			from: 'Shop 24',
			to: HANDSET,
			text: 'Hello Anna',
		});
	});

	it('fills placeholders from the request, the contact and the list, and removes the rest', async () => {
		const variables = [{ name: 'name', value: 'Ms Tamm' }];
		const text = '{{name}}|{{phoneNumber}}|{{city}}|{{nothing}}|';
		const { json } = await ask('sms/trigger', { ...request, text, variables });
		expect(sandbox.messages.find('wooxy', json.sms_id)?.text).toBe(`Ms Tamm|${HANDSET}|Tallinn||`);
	});

	it('includes the userId in webhooks', async () => {
		const { url, received } = await receiver();
		const events = ['sms_delivered'];
		await ask('webhook/create', { title: 'n8n', url, domain: 'shop.example', events });
		await ask('sms/trigger', request);
		await sandbox.clock.advance();
		await until(() => received.length > 0);
		expect(JSON.parse(received[0].body).userId).toBe('u-17');
	});

	it.each<[object, string]>([
		[{ contactListId: '' }, 'Argument contactListId must be a non-empty string'],
		[{ contact: '' }, 'Argument contact must be a non-empty string'],
		[{ fromName: 'Twelve chars' }, expect.stringContaining('Argument fromName must contain 11')],
		[{ contactListId: UNKNOWN_ID }, 'Contact list not found'],
		[{ contact: 'nobody' }, 'Contact not found'],
	])('rejects %j', async (changes, text) => {
		expect((await ask('sms/trigger', { ...request, ...changes })).json).toEqual(failed(text));
	});
});
