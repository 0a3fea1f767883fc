import {
	readReport,
	readReports,
	readSingleSend,
	recipientsOf,
	segmentsOf,
} from '../../../nodes/Skycore/api/message';
import { senderDraft, senderFields } from '../../../nodes/Skycore/api/sender';
import { sendSms } from '../../../nodes/Skycore/api/sms';
import { thrownBy } from '../../engine/harness/canned';
import { QUEUED } from '../../engine/harness/queued';
import { elementOf, requestOf, responding } from './skycore';

/** Messages as Skycore reports them, recipient by recipient. */

const root = (inside: string) => elementOf(`<RESPONSE>${inside}</RESPONSE>`);
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

describe('a report', () => {
	it.each<[string, object, object]>([
		[ok('t1'), {}, MESSAGE],
		[ok('t1'), { to: '1', from: '2', mmsId: '3' }, { ...MESSAGE, to: '1', from: '2', mmsId: '3' }],
		[
			`${ok('t1')}<TO>4</TO><FROM>5</FROM>`,
			{ to: '1', from: '2' },
			{ ...MESSAGE, to: '4', from: '5' },
		],
		['<TRACKINGID>t1</TRACKINGID>', {}, { ...MESSAGE, providerStatus: 'accepted' }],
		[
			'<STATUS>Other</STATUS>',
			{},
			{ ...MESSAGE, messageId: null, status: 'unknown', providerStatus: 'Other' },
		],
		[
			'<STATUS>Failed</STATUS><ERRORINFO>Words</ERRORINFO><TO>4</TO>',
			{ from: '2', segments: 2 },
			{
				...FAILED,
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
			{
				...FAILED,
				providerStatus: 'Failure',
				errorCode: 'E110',
				errorMessage: 'The number of the recipient is not valid',
			},
		],
		[
			'<ERRORCODE>E503</ERRORCODE>',
			{},
			{
				...FAILED,
				status: 'unknown',
				isFinal: false,
				providerStatus: 'Failure',
				errorCode: 'E503',
				errorMessage: 'An internal error at Skycore',
			},
		],
	])('is read from %s and %j', (inside, draft, message) => {
		const element = root(inside);
		const report = readReport(element, draft);
		expect(report.message).toStrictEqual(message);
		expect(report.element).toBe(element);
		expect(report.raw).toEqual(expect.any(Object));
	});

	it('has its part of the response as JSON', () => {
		const element = root(ok('t1'));
		expect(readReport(element, {}).raw).toEqual({ STATUS: 'Success', TRACKINGID: 't1' });
		const rejected = root('<STATUS>Failure</STATUS><TO>4</TO>');
		expect(readReport(rejected, {}).raw).toEqual({ STATUS: 'Failure', TO: '4' });
	});
});

describe('a response', () => {
	it('has recipients in elements of two names', () => {
		const found = recipientsOf(root('<SUBSCRIBER/><TO/><SENDING/><OTHER/>'));
		expect(found.map(({ name }) => name)).toEqual(['SUBSCRIBER', 'SENDING']);
	});

	it('has a report for each recipient', () => {
		const reports = readReports(
			root(`${ok('t0')}<SENDING>${ok('t1')}</SENDING><SUBSCRIBER>${ok('t2')}</SUBSCRIBER>`),
			{ to: '1' },
		);
		expect(reports.map(({ message }) => [message.messageId, message.to])).toEqual([
			['t1', '1'],
			['t2', '1'],
		]);
	});

	it.each([
		['a STATUS', '<STATUS>Success</STATUS>', null],
		['a TRACKINGID', '<TRACKINGID>t1</TRACKINGID>', 't1'],
		['both', ok('t1'), 't1'],
	])('without recipients but with %s is a single report', (_what, inside, messageId) => {
		const reports = readReports(root(inside), { to: '1' });
		expect(reports.map(({ message }) => [message.messageId, message.to])).toEqual([
			[messageId, '1'],
		]);
	});

	it('is malformed without any of these', async () => {
		expect(await thrownBy(() => readReports(root('<TO>1</TO>'), {}))).toEqual({
			kind: 'malformed',
			message: 'Expected a STATUS or a TRACKINGID from Skycore, got a RESPONSE with neither',
		});
	});
});

describe('the response for a single number', () => {
	const rejected = '<SENDING><ERRORCODE>E110</ERRORCODE></SENDING>';
	const withoutId = '<SENDING><STATUS>Success</STATUS></SENDING>';
	const sent = `<SENDING>${ok('t1')}</SENDING>`;

	it.each([
		[sent, ['queued']],
		[sent + rejected, ['queued', 'failed']],
		[rejected + withoutId + sent, ['failed', 'unknown', 'queued']],
	])('%s has a report for each message', (inside, statuses) => {
		const reports = readSingleSend(root(inside), {});
		expect(reports.map(({ message }) => message.status)).toEqual(statuses);
	});

	it.each([rejected, rejected + withoutId])('%s is a rejection', async (inside) => {
		expect(await thrownBy(() => readSingleSend(root(inside), {}))).toEqual({
			kind: 'rejected',
			message: 'Skycore responded with E110: The number of the recipient is not valid',
			description: 'Check the number: it must be in international format.',
			code: 'E110',
			nothingAccepted: true,
		});
	});

	it.each([withoutId, withoutId + rejected, '<STATUS>Success</STATUS>'])(
		'%s is malformed',
		async (inside) => {
			expect(await thrownBy(() => readSingleSend(root(inside), {}))).toEqual({
				kind: 'malformed',
				message: 'Expected a TRACKINGID from Skycore, got a success without one',
			});
		},
	);
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
		const [{ message }] = await sendSms(api, { to: '1', from: '2', campaignRef: 'C1' }, 'Hi');
		expect(message).toEqual({
			...MESSAGE,
			to: '1',
			from: '2',
			campaignRef: 'C1',
			segments: 1,
			encoding: 'GSM-7',
		});
		const fields = '<TO>1</TO><FROM>2</FROM><CAMPAIGNREF>C1</CAMPAIGNREF><TEXT>Hi</TEXT>';
		expect(requests).toEqual([requestOf('sendSMS', fields, { kind: 'send' })]);
	});
});
