import { readGroupSend, readSingleSend, segmentsOf } from '../../../nodes/Skycore/api/message';
import { senderDraft, senderFields } from '../../../nodes/Skycore/api/sender';
import { sendSms } from '../../../nodes/Skycore/api/sms';
import { Failure } from '../../../nodes/shared/errors/failure';
import type { Outcome } from '../../../nodes/shared/model/outcome';
import { factsOf, thrownBy } from '../../engine/harness/canned';
import { QUEUED } from '../../engine/harness/queued';
import { requestOf, responding, responseOf } from './skycore';

/** What Skycore's responses state about the messages of a send. */

const ok = (id: string) => `<STATUS>Success</STATUS><TRACKINGID>${id}</TRACKINGID>`;
const MESSAGE = {
	...QUEUED,
	provider: 'skycore',
	messageId: 't1',
	providerStatus: 'Success',
	segments: null,
	encoding: null,
};
const FAILED = { ...MESSAGE, messageId: null, status: 'failed', isFinal: true };
const UNKNOWN = { ...MESSAGE, messageId: null, status: 'unknown' };

const NOBODY = new Failure({ kind: 'rejected', message: 'Names nobody' });
const NO_ID =
	'Expected a TRACKINGID from Skycore, got a success without one. The message may have gone out';
const NEITHER =
	'Expected a STATUS or a TRACKINGID from Skycore, got a RESPONSE with neither. The message may have gone out';
const E110 = 'Skycore responded with E110: The number of the recipient is not valid';
const E503 =
	'Skycore responded with E503: An internal error at Skycore. The message may have gone out';
const E999 = 'Skycore responded with E999: no reason was given';
const NO_REASON = 'Skycore rejected the request: no reason was given';

const single = (inside: string, draft: object = {}) => readSingleSend(responseOf(inside), draft);
const group = (inside: string, draft: object = {}) =>
	readGroupSend(responseOf(inside), draft, NOBODY);

const outputsOf = (outcome: Outcome) => ('outputs' in outcome && outcome.outputs) || [];
const messageOf = (outcome: Outcome) => ('failure' in outcome ? outcome.failure.message : null);
/** The kind of an outcome, its error, and the ID or the status of each message. */
const summaryOf = ([outcome, ...others]: Outcome[]) => {
	if (others.length > 0) throw new Error('There are several outcomes');
	const statuses = outputsOf(outcome).map(({ json }) => json.messageId ?? json.status);
	return [outcome.kind, messageOf(outcome), statuses.join(' ')];
};

describe('a message', () => {
	it.each<[string, object, string, object]>([
		[ok('t1'), {}, 'accepted', MESSAGE],
		[
			ok('t1'),
			{ to: '1', from: '2', mmsId: '3' },
			'accepted',
			{ ...MESSAGE, to: '1', from: '2', mmsId: '3' },
		],
		[
			`${ok('t1')}<TO>4</TO><FROM>5</FROM>`,
			{ to: '1', from: '2' },
			'accepted',
			{ ...MESSAGE, to: '4', from: '5' },
		],
		// ten digits alone are also a number of North America
		[
			`${ok('t1')}<TO>4725550100</TO>`,
			{ to: '+4725550100' },
			'accepted',
			{ ...MESSAGE, to: '+4725550100' },
		],
		[
			`${ok('t1')}<TO>4725550100</TO>`,
			{ to: '+16505550100' },
			'accepted',
			{ ...MESSAGE, to: '+14725550100' },
		],
		['<TRACKINGID>t1</TRACKINGID>', {}, 'accepted', { ...MESSAGE, providerStatus: 'accepted' }],
		['<STATUS>Other</STATUS>', {}, 'unknown', { ...UNKNOWN, providerStatus: 'Other' }],
		[
			'<STATUS>Failed</STATUS><ERRORINFO>Words</ERRORINFO><TO>4</TO>',
			{ from: '2', segments: 2 },
			'unknown',
			{
				...UNKNOWN,
				to: '4',
				from: '2',
				segments: 2,
				providerStatus: 'Failed',
				errorMessage: 'Words',
			},
		],
		[
			'<ERRORCODE>E110</ERRORCODE>',
			{},
			'refused',
			{
				...FAILED,
				providerStatus: 'Failure',
				errorCode: 'E110',
				errorMessage: 'The number of the recipient is not valid',
			},
		],
		[
			'<STATUS>Failed</STATUS><ERRORCODE>E110</ERRORCODE><ERRORINFO>Words</ERRORINFO><TO>4</TO>',
			{ from: '2', segments: 2 },
			'refused',
			{
				...FAILED,
				to: '4',
				from: '2',
				segments: 2,
				providerStatus: 'Failed',
				errorCode: 'E110',
				errorMessage: 'Words',
			},
		],
		[
			'<ERRORCODE>E503</ERRORCODE>',
			{},
			'unknown',
			{
				...UNKNOWN,
				providerStatus: 'Failure',
				errorCode: 'E503',
				errorMessage: 'An internal error at Skycore',
			},
		],
		[
			`<ERRORCODE>E999</ERRORCODE>`,
			{},
			'unknown',
			{
				...UNKNOWN,
				providerStatus: 'Failure',
				errorCode: 'E999',
				errorMessage: 'no reason was given',
			},
		],
		[
			'<STATUS>Failure</STATUS><ERRORCODE>E110</ERRORCODE><TRACKINGID>t1</TRACKINGID>',
			{},
			'unknown',
			{
				...MESSAGE,
				status: 'unknown',
				providerStatus: 'Failure',
				errorCode: 'E110',
				errorMessage: 'The number of the recipient is not valid',
			},
		],
	])('is read from %s and %j as %s, alone and in a part', (inside, draft, kind, message) => {
		const asParts = [`<SUBSCRIBER>${inside}</SUBSCRIBER>`, `<SENDING>${inside}</SENDING>`];
		const all = [single(inside, draft), ...asParts.map((part) => single(part, draft))];
		for (const [outcome, ...others] of [...all, ...asParts.map((part) => group(part, draft))]) {
			expect(others).toEqual([]);
			expect(outcome.kind).toBe(kind);
			expect(outputsOf(outcome).map(({ json }) => json)).toMatchObject([message]);
		}
		expect(outputsOf(all[0][0])[0].json).toStrictEqual(message);
	});

	it('has its part of the response as JSON', () => {
		const [first] = single(`<SENDING>${ok('t1')}</SENDING>`);
		expect(outputsOf(first)[0].raw).toEqual({ STATUS: 'Success', TRACKINGID: 't1' });
		const [second] = single('<STATUS>Failure</STATUS><TO>4</TO>');
		expect(outputsOf(second)[0].raw).toEqual({ STATUS: 'Failure', TO: '4' });
	});
});

const part = (inside: string) => `<SUBSCRIBER>${inside}</SUBSCRIBER>`;
const code = (name: string) => `<ERRORCODE>${name}</ERRORCODE>`;
const [SENT, SENT_TOO] = [part(ok('t1')), `<SENDING>${ok('t2')}</SENDING>`];
const [REFUSED, OPEN, UNLISTED] = [part(code('E110')), part(code('E503')), part(code('E999'))];
const SILENT = part('<STATUS>Success</STATUS>');
const CONTRADICTION = part(`<STATUS>Failure</STATUS><TRACKINGID>t3</TRACKINGID>`);
const WHOLE_SENT = '<TRACKINGID>t0</TRACKINGID>';
const WHOLE_OK = '<STATUS>Success</STATUS>';

describe('the response to a send to one number', () => {
	it.each<[string, string, string | null, string]>([
		[SENT, 'accepted', null, 't1'],
		[SENT + SENT_TOO, 'accepted', null, 't1 t2'],
		[WHOLE_OK + SENT, 'accepted', null, 't1'],
		[ok('t1') + SENT, 'accepted', null, 't1'],
		[WHOLE_SENT + SENT, 'accepted', null, 't1 t0'],
		[SENT + REFUSED, 'accepted', null, 't1'],
		[REFUSED + SILENT + SENT, 'accepted', null, 't1'],
		[OPEN + SENT, 'accepted', null, 't1'],
		[REFUSED, 'refused', E110, 'failed'],
		[WHOLE_OK + REFUSED, 'refused', E110, 'failed'],
		[REFUSED + OPEN, 'unknown', E503, 'unknown'],
		[OPEN + REFUSED, 'unknown', E503, 'unknown'],
		[REFUSED + SILENT, 'unknown', NO_ID, 'unknown'],
		[REFUSED + UNLISTED, 'unknown', E999, 'unknown'],
		[SILENT, 'unknown', NO_ID, 'unknown'],
		[SILENT + REFUSED, 'unknown', NO_ID, 'unknown'],
		[WHOLE_OK, 'unknown', NO_ID, 'unknown'],
		[CONTRADICTION, 'unknown', NO_REASON, 't3'],
		['<TO>1</TO>', 'unknown', NEITHER, ''],
		['<OTHER/>', 'unknown', NEITHER, ''],
	])('%s is %s', (inside, ...expected) => {
		expect(summaryOf(single(inside))).toEqual(expected);
	});

	it.each<[string, string, string | null, string]>([
		['E110', 'refused', E110, 'failed'],
		['E503', 'unknown', E503, 'unknown'],
		['E999', 'unknown', E999, 'unknown'],
	])('the code %s refuses nothing beside an acceptance', (name, kind, message, status) => {
		const refusal = code(name);
		expect(summaryOf(single(refusal))).toEqual([kind, message, status]);
		expect(summaryOf(single(refusal + WHOLE_SENT))).toEqual(['accepted', null, 't0']);
		expect(summaryOf(single(refusal + SENT))).toEqual(['accepted', null, 't1']);
		expect(summaryOf(single(SENT + refusal))).toEqual(['accepted', null, 't1']);
		expect(single(refusal + SILENT)[0].kind).toBe('unknown');
		expect(single(refusal + OPEN)[0].kind).toBe('unknown');
		expect(single(refusal + CONTRADICTION)[0].kind).toBe('unknown');
		expect(single(refusal + REFUSED)[0].kind).toBe(kind);
	});
});

describe('the response to a send to a group', () => {
	it.each<[string, string, string | null, string]>([
		[SENT + SENT_TOO, 'accepted', null, 't1 t2'],
		[SENT + REFUSED + SENT_TOO, 'accepted', null, 't1 failed t2'],
		[REFUSED + SENT, 'accepted', null, 'failed t1'],
		[SENT + OPEN + SILENT, 'accepted', null, 't1 unknown unknown'],
		[WHOLE_SENT, 'accepted', null, 't0'],
		[WHOLE_SENT + SENT, 'accepted', null, 't1'],
		[WHOLE_SENT + REFUSED, 'accepted', null, 'failed t0'],
		[code('E110') + WHOLE_SENT, 'accepted', null, 't0'],
		[code('E503') + WHOLE_SENT, 'accepted', null, 't0'],
		[code('E110') + SENT + REFUSED, 'accepted', null, 't1 failed'],
		[code('E503') + REFUSED, 'unknown', E503, 'failed'],
		[code('E110') + OPEN, 'unknown', E503, 'unknown'],
		[code('E110') + SILENT + REFUSED, 'unknown', NO_ID, 'unknown failed'],
		[REFUSED + OPEN, 'unknown', E503, 'failed unknown'],
		[REFUSED + UNLISTED, 'unknown', E999, 'failed unknown'],
		[REFUSED + REFUSED, 'refused', E110, 'failed failed'],
		[WHOLE_OK + REFUSED, 'refused', E110, 'failed'],
		[REFUSED + CONTRADICTION, 'unknown', NO_REASON, 'failed t3'],
		// of nobody
		[code('E110'), 'refused', E110, ''],
		[code('E503'), 'unknown', E503, ''],
		[code('E999'), 'unknown', E999, ''],
		[WHOLE_OK, 'unknown', 'Names nobody', ''],
		['<TO>1</TO>', 'unknown', 'Names nobody', ''],
	])('%s is %s', (inside, ...expected) => {
		expect(summaryOf(group(inside))).toEqual(expected);
	});

	it('has the references in the response, and otherwise those of the request', () => {
		const draft = { subscriberRef: 'S1', campaignRef: 'C1' };
		const refs = '<SUBSCRIBERREF>S2</SUBSCRIBERREF><CAMPAIGNREF>C2</CAMPAIGNREF>';
		const jsonsOf = (inside: string) => outputsOf(group(inside, draft)[0]).map(({ json }) => json);
		expect(jsonsOf(SENT + REFUSED)).toMatchObject([draft, draft]);
		const other = { subscriberRef: 'S2', campaignRef: 'C2' };
		expect(jsonsOf(refs + SENT + REFUSED)).toMatchObject([other, other]);
	});
});

it.each(['', '<REPLY/>', '<RESPONSE><STATUS>Success</STATUS><TRACK'])(
	'a response that is not a RESPONSE is malformed: "%s"',
	async (text) => {
		for (const read of [readSingleSend, readGroupSend]) {
			const response = { status: 200, headers: {}, text };
			expect(await thrownBy(() => read(response, {}, NOBODY))).toMatchObject({ kind: 'malformed' });
		}
	},
);

describe('the outcome of a send', () => {
	const send = async (inside: string, status = 200) =>
		await sendSms(responding(inside, status).api, { to: '1', from: '2' }, 'Hi');

	it('is refused for the reason of its code', async () => {
		const [outcome] = await send(code('E110'));
		expect(outcome.kind).toBe('refused');
		expect(factsOf('failure' in outcome && outcome.failure)).toEqual({
			kind: 'rejected',
			message: E110,
			description: 'Check the number: it must be in international format.',
			code: 'E110',
			nothingAccepted: true,
		});
	});

	it.each([
		[400, code('E110'), 'refused', false],
		[499, code('E110'), 'refused', false],
		[500, code('E110'), 'unknown', true],
		[503, REFUSED, 'unknown', true],
		[500, code('E106'), 'unknown', true],
		[500, ok('t1'), 'accepted', false],
		[503, REFUSED + SENT, 'accepted', false],
		[404, ok('t1'), 'accepted', false],
	])('with HTTP status %i and %s is %s', async (status, inside, kind, isAmbiguous) => {
		const [outcome] = await send(inside, status);
		expect(outcome.kind).toBe(kind);
		const failureKind = 'failure' in outcome ? outcome.failure.kind : undefined;
		expect(failureKind === 'ambiguous').toBe(isAmbiguous);
	});
});

describe('a sender', () => {
	it('has its numbers in the message, and its campaign if it has one', () => {
		expect(senderDraft({ to: '1', from: '2', fromMask: 'x', operatorId: 'y' })).toStrictEqual({
			to: '1',
			from: '2',
		});
		expect(senderDraft({ to: '1', from: '2', campaignRef: 'C1' })).toStrictEqual({
			to: '1',
			from: '2',
			campaignRef: 'C1',
		});
	});

	it('is written field by field', () => {
		const sender = { to: '1', from: '2', fromMask: 'x', operatorId: 'y', campaignRef: 'C1' };
		expect(senderFields(sender)).toEqual([
			['TO', '1'],
			['FROM', '2'],
			['FROM_MASK', 'x'],
			['OPERATORID', 'y'],
			['CAMPAIGNREF', 'C1'],
		]);
	});
});

describe('a text', () => {
	it('has its segments counted', () => {
		expect(segmentsOf('Hi')).toStrictEqual({ segments: 1, encoding: 'GSM-7' });
		expect(segmentsOf('ключ'.repeat(20))).toStrictEqual({ segments: 2, encoding: 'UCS-2' });
	});

	it('is sent', async () => {
		const { api, requests } = responding(ok('t1'));
		const outcomes = await sendSms(api, { to: '1', from: '2', campaignRef: 'C1' }, 'Hi');
		expect(outcomes).toEqual([
			{
				kind: 'accepted',
				outputs: [
					{
						json: {
							...MESSAGE,
							to: '1',
							from: '2',
							campaignRef: 'C1',
							segments: 1,
							encoding: 'GSM-7',
						},
						raw: { STATUS: 'Success', TRACKINGID: 't1' },
					},
				],
			},
		]);
		const fields = '<TO>1</TO><FROM>2</FROM><CAMPAIGNREF>C1</CAMPAIGNREF><TEXT>Hi</TEXT>';
		expect(requests).toEqual([requestOf('sendSMS', fields, { kind: 'send' })]);
	});
});
