import {
	listed,
	messageOf,
	sandbox,
	sent,
	status,
	useSandbox,
	UUID,
	type Message,
} from './namirial';

useSandbox();

describe('status by id', () => {
	it('is the Message object, at first with PROVIDER_ACCEPTANCE', async () => {
		const id = await sent({
			reference: { service: 'DIGITALSIGN', action: 'AUTH', key: 'EXT_KEY' },
		});
		const response = await status(id);
		expect(Object.keys(response.json)).toEqual(['message']);
		const message = response.json.message as Message;
		expect(message).toEqual({
			id,
			providerAcceptanceAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as string,
			statusChangedAt: message.providerAcceptanceAt,
			reference: { service: 'DIGITALSIGN', action: 'AUTH', key: 'EXT_KEY' },
			channel: 'SMS',
			status: 'PROVIDER_ACCEPTANCE',
			provider: {
				name: 'PROVIDER1',
				id: expect.stringMatching(UUID) as string,
				status: 'accepted',
				code: '0',
			},
			sms: { segments: 1 },
		});
	});

	it('has an empty reference, or none, if the message has no reference', async () => {
		expect((await messageOf(await sent())).reference).toEqual({});
		sandbox.configure('namirial', { emptyReference: false });
		expect(await messageOf(await sent())).not.toHaveProperty('reference');
	});

	it('is 404 with an empty body if the id is unknown', async () => {
		const response = await status('9b1c7f7e-3f0d-4c55-9d0c-4a8f3f0b2e11');
		expect(response).toMatchObject({ status: 404, text: '' });
	});

	it('is 404 or 400 if the id is not a UUID', async () => {
		expect((await status('nonsense')).status).toBe(404);
		sandbox.configure('namirial', { malformedIdStatus: 400, statusErrorBodies: true });
		expect(await status('nonsense')).toMatchObject({
			status: 400,
			json: { message: 'Bad request' },
		});
	});

	it.each([
		['160 x a', 'a'.repeat(160), 1],
		['161 x a', 'a'.repeat(161), 2],
		['306 x a', 'a'.repeat(306), 2],
		['307 x a', 'a'.repeat(307), 3],
		['80 x €', '€'.repeat(80), 1],
		['70 x ж', 'ж'.repeat(70), 1],
		['71 x ж', 'ж'.repeat(71), 2],
		['69 x a and an emoji', `${'a'.repeat(69)}😀`, 2],
		['1600 x a', 'a'.repeat(1_600), 11],
	])('counts the segments of %s', async (_name, text, count) => {
		expect((await messageOf(await sent({ text }))).sms).toEqual({ segments: count });
	});
});

describe('status lists', () => {
	/** Sends with the provider's clock set to this second after 10:00. */
	async function sentAt(second: number, changes: Record<string, unknown> = {}): Promise<string> {
		const providerTime = `2026-03-01T10:00:${String(second).padStart(2, '0')}Z`;
		sandbox.configure('namirial', { providerTime });
		return await sent(changes);
	}
	const ids = async (path: string) => listed(await status(path)).map(({ id }) => id);

	it('wrap each message in an object, newest first', async () => {
		const older = await sentAt(1);
		const newer = await sentAt(2);
		const response = await status('phonenumber/+393331112233');
		expect(response.json).toEqual({
			messages: [{ message: await messageOf(newer) }, { message: await messageOf(older) }],
		});
	});

	it.each(['+393331112233', '%2B393331112233'])('accept the number as %s', async (number) => {
		const id = await sent();
		expect(await ids(`phonenumber/${number}`)).toEqual([id]);
	});

	it('are empty for a number without messages or without a plus sign', async () => {
		await sent();
		expect(await status('phonenumber/+393334445566')).toMatchObject({
			status: 200,
			text: '{"messages":[]}',
		});
		expect(await ids('phonenumber/393331112233')).toEqual([]);
	});

	it('depend only on the key, with any characters in it', async () => {
		const key = 'order 9/1+2?#€%';
		const first = await sentAt(1, { reference: { service: 'ECOMMERCE', action: 'PAY', key } });
		const second = await sentAt(2, { reference: { service: 'ADMIN', key } });
		await sentAt(3, { reference: { service: 'ADMIN', key: 'order 9' } });
		expect(await ids(`reference/${encodeURIComponent(key)}`)).toEqual([second, first]);
	});

	it('have 50 messages by default, and never more than 100', async () => {
		for (let count = 0; count < 101; count++) await sent();
		const number = 'phonenumber/+393331112233';
		expect(await ids(number)).toHaveLength(50);
		expect(await ids(`${number}?count=2`)).toHaveLength(2);
		expect(await ids(`${number}?count=1000`)).toHaveLength(100);
	});

	it('end before sendDate, so that equal times at a page boundary are lost or repeated', async () => {
		const all: string[] = [];
		for (const second of [1, 2, 2, 2, 3]) all.unshift(await sentAt(second));
		const number = 'phonenumber/+393331112233?count=3';
		const page = listed(await status(number));
		expect(page.map(({ id }) => id)).toEqual(all.slice(0, 3));
		const oldest = page[2].providerAcceptanceAt;
		// the third message of second 2 is on neither page
		expect(await ids(`${number}&sendDate=${oldest}`)).toEqual(all.slice(4));
		expect(await ids(`${number}&sendDate=2026-03-01T10:00:03Z`)).toEqual(all.slice(1, 4));
		sandbox.configure('namirial', { sendDateInclusive: true });
		expect(await ids(`${number}&sendDate=${oldest}`)).toEqual(all.slice(1, 4));
	});

	it('read sendDate with an offset, with fractions, and encoded', async () => {
		const id = await sentAt(1);
		const at = async (date: string) =>
			await ids(`phonenumber/+393331112233?sendDate=${encodeURIComponent(date)}`);
		expect(await at('2026-03-01T11:00:02+01:00')).toEqual([id]);
		expect(await at('2026-03-01T10:00:01.001Z')).toEqual([id]);
		expect(await at('2026-03-01T10:00:01Z')).toEqual([]);
		expect(await at('2026-03-01T10:00:02')).toEqual([id]);
	});

	it('may be in ascending order, or end with an empty element', async () => {
		sandbox.configure('namirial', { newestFirst: false, emptyWrapper: true });
		const first = await sentAt(1);
		await sentAt(2);
		const { messages } = (await status('phonenumber/+393331112233')).json;
		expect(messages).toHaveLength(3);
		expect(messages).toMatchObject([{ message: { id: first } }, {}, {}]);
		expect((messages as unknown[])[2]).toEqual({});
	});

	it('may have fractions of a second', async () => {
		sandbox.configure('namirial', {
			wholeSeconds: false,
			providerTime: '2026-03-01T10:00:01.234Z',
		});
		const message = await messageOf(await sent());
		expect(message.providerAcceptanceAt).toBe('2026-03-01T10:00:01.234Z');
	});

	it.each(['count=0', 'count=-1', 'count=ten', 'sendDate=yesterday', 'sendDate=1772000000'])(
		'reject %s',
		async (query) => {
			expect((await status(`reference/x?${query}`)).status).toBe(400);
			sandbox.configure('namirial', { badQueryStatus: 422 });
			expect((await status(`reference/x?${query}`)).status).toBe(422);
		},
	);
});
