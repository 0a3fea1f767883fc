import { sendSms, sendToContact } from '../../../nodes/Wooxy/api/messages';
import { QUEUED } from '../../engine/harness/queued';
import { requestOf, responding, respondingWith } from './wooxy';

/** The requests of sends, and the messages read from their responses. */

const TO = '+37255512345';
const ACCEPTED = { result: true, sms_id: 'm1' };
const MESSAGE = {
	...QUEUED,
	provider: 'wooxy',
	messageId: 'm1',
	to: TO,
	providerStatus: 'accepted',
	segments: 1,
	encoding: 'GSM-7',
};

const acceptedWith = (json: object) => [{ kind: 'accepted', outputs: [{ json, raw: ACCEPTED }] }];

describe('a text', () => {
	it.each([
		[{ text: 'Hi', tags: [] }, { text: 'Hi' }, MESSAGE],
		[
			{ text: 'Hi ключ', fromName: 'Shop', tags: ['a', 'b'] },
			{ fromName: 'Shop', text: 'Hi ключ', tags: ['a', 'b'] },
			{ ...MESSAGE, from: 'Shop', encoding: 'UCS-2' },
		],
		[{ text: 'Hi {{name}}', tags: [] }, { text: 'Hi {{name}}' }, MESSAGE],
	])('is sent to a number: %j', async (sms, fields, message) => {
		const { api, requests } = responding(ACCEPTED);
		expect(await sendSms(api, 'shop.example', TO, sms)).toEqual(acceptedWith(message));
		const body = { domain: 'shop.example', phoneNumber: TO, ...fields };
		expect(requests).toEqual([requestOf('sms/send', body, { kind: 'send' })]);
	});

	it.each([
		['Hi', [], {}, TO, { to: TO }],
		['Hi', [], {}, 'u-17', { to: null }],
		['Hi', [], {}, 'anna@example.com', { to: null }],
		[
			'Hi {{name}}',
			[{ name: 'name', value: 'Anna' }],
			{ variables: [{ name: 'name', value: 'Anna' }] },
			TO,
			{ segments: null, encoding: null },
		],
		['{{', [], {}, TO, { segments: null, encoding: null }],
		['{ {', [], {}, TO, {}],
	])('is sent to a contact: %s with %j', async (text, variables, extra, contact, changes) => {
		const { api, requests } = responding(ACCEPTED);
		const sms = { text, tags: [] };
		const body = { contactListId: 'l1', contact, text, ...extra };
		const message = { ...MESSAGE, encoding: 'GSM-7', ...changes };
		expect(await sendToContact(api, 'l1', contact, sms, variables)).toEqual(acceptedWith(message));
		expect(requests).toEqual([requestOf('sms/trigger', body, { kind: 'send' })]);
	});
});

describe('the outcome of a send', () => {
	const SMS = { text: 'Hi', tags: [] };
	const rejected = (text: string) => ({ result: false, errors: [text] });
	const PUBLISHED = [
		['Bad Request', 'rejected'],
		['Argument text must be a non-empty string', 'rejected'],
		['+3725 is not a valid E.164 phone number', 'rejected'],
		['Domain not found in your account or not verified', 'notFound'],
		['SMS 1 not found', 'notFound'],
		['Invalid authorization token!', 'credential'],
		['user 1042 not enabled', 'credential'],
	] as const;
	const UNPUBLISHED = [
		'Other',
		'There is no data found for key 1',
		'Maximum count of records per transaction is 100, current 101',
		'',
	];

	/** Sends in both ways. @returns the two outcomes, which must be alike */
	async function outcomesOf(status: number, body: unknown) {
		const { api } = respondingWith(status, body);
		const outcomes = [
			...(await sendSms(api, 'shop.example', TO, SMS)),
			...(await sendToContact(api, 'l1', 'u-17', SMS, [])),
		];
		return outcomes.map((outcome) => [
			outcome.kind,
			'failure' in outcome ? outcome.failure.kind : undefined,
		]);
	}

	const twice = (kind: string, failureKind?: string) => Array(2).fill([kind, failureKind]);

	it.each(PUBLISHED)('is refused after "%s", unless Wooxy is broken', async (text, kind) => {
		for (const status of [200, 400, 401, 404, 499]) {
			expect(await outcomesOf(status, rejected(text))).toEqual(twice('refused', kind));
		}
		for (const status of [500, 502, 599]) {
			const [[outcome], ...others] = await outcomesOf(status, rejected(text));
			expect([outcome, ...others.map(([kindOfOther]) => kindOfOther)]).toEqual([
				'unknown',
				'unknown',
			]);
		}
	});

	it.each(UNPUBLISHED)('is unknown after "%s", which Wooxy does not publish', async (text) => {
		for (const status of [200, 400, 404]) {
			expect(await outcomesOf(status, rejected(text))).toEqual(twice('unknown', 'rejected'));
		}
		expect(await outcomesOf(500, rejected(text))).toEqual(twice('unknown', 'ambiguous'));
	});

	it('is refused by HTTP 429 whatever the text', async () => {
		expect(await outcomesOf(429, rejected('Other'))).toEqual(twice('refused', 'rateLimited'));
	});

	it.each([200, 400, 500])('is unknown after an internal error with HTTP %i', async (status) => {
		const body = rejected('Internal server error');
		expect(await outcomesOf(status, body)).toEqual(twice('unknown', 'ambiguous'));
	});

	it.each<[number, unknown, string]>([
		[200, '', 'unknown'],
		[200, '<html>Hello</html>', 'unknown'],
		[200, { sms_id: 'm1' }, 'unknown'],
		[502, '<html>Bad gateway</html>', 'unknown'],
		[404, '<html>Not here</html>', 'refused'],
		[500, ACCEPTED, 'accepted'],
		[404, ACCEPTED, 'accepted'],
	])('with HTTP %i and %j is %s', async (status, body, kind) => {
		expect((await outcomesOf(status, body)).map(([outcome]) => outcome)).toEqual([kind, kind]);
	});
});
