import {
	countedOf,
	readOne,
	readReport,
	readSent,
	recipientsOf,
} from '../../../nodes/Skycore/api/message';
import { knownOf, senderFields } from '../../../nodes/Skycore/api/sender';
import { sendSms } from '../../../nodes/Skycore/api/sms';
import { refusal } from '../../shared/canned';
import { QUEUED } from '../../shared/queued';
import { answering, elementOf, requestOf } from './skycore';

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
			'<STATUS>Odd</STATUS>',
			{},
			{ ...MESSAGE, messageId: null, status: 'unknown', providerStatus: 'Odd' },
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
				errorMessage: 'The number of the receiver is not valid',
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
				errorMessage: 'A fault inside Skycore',
			},
		],
	])('of %s and %j', (inside, known, message) => {
		const element = root(inside);
		const report = readReport(element, known);
		expect(report.message).toStrictEqual(message);
		expect(report.element).toBe(element);
		expect(report.raw).toEqual(expect.any(Object));
	});

	it('has the part of the answer as a value', () => {
		const element = root(ok('t1'));
		expect(readReport(element, {}).raw).toEqual({ STATUS: 'Success', TRACKINGID: 't1' });
		const refused = root('<STATUS>Failure</STATUS><TO>4</TO>');
		expect(readReport(refused, {}).raw).toEqual({ STATUS: 'Failure', TO: '4' });
	});
});

describe('an answer', () => {
	it('has recipients of two names', () => {
		const found = recipientsOf(root('<SUBSCRIBER/><TO/><SENDING/><OTHER/>'));
		expect(found.map(({ name }) => name)).toEqual(['SUBSCRIBER', 'SENDING']);
	});

	it('is a report for each of them', () => {
		const reports = readSent(
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
	])('is one report where there are none, but %s', (_what, inside, messageId) => {
		const reports = readSent(root(inside), { to: '1' });
		expect(reports.map(({ message }) => [message.messageId, message.to])).toEqual([
			[messageId, '1'],
		]);
	});

	it('says nothing without any of it', async () => {
		expect(await refusal(() => readSent(root('<TO>1</TO>'), {}))).toEqual({
			kind: 'malformed',
			message: 'Expected a STATUS or a TRACKINGID of Skycore, got a RESPONSE with neither',
		});
	});
});

describe('the answer for one number', () => {
	const refused = '<SENDING><ERRORCODE>E110</ERRORCODE></SENDING>';
	const nameless = '<SENDING><STATUS>Success</STATUS></SENDING>';
	const sent = `<SENDING>${ok('t1')}</SENDING>`;

	it.each([
		[sent, ['queued']],
		[sent + refused, ['queued', 'failed']],
		[refused + nameless + sent, ['failed', 'unknown', 'queued']],
	])('%s is that of all its messages', (inside, statuses) => {
		const reports = readOne(root(inside), {});
		expect(reports.map(({ message }) => message.status)).toEqual(statuses);
	});

	it.each([refused, refused + nameless])('%s is a refusal', async (inside) => {
		expect(await refusal(() => readOne(root(inside), {}))).toEqual({
			kind: 'rejected',
			message: 'Skycore answered E110: The number of the receiver is not valid',
			description: 'Check the number: it must be in international form.',
			code: 'E110',
			nothingAccepted: true,
		});
	});

	it.each([nameless, nameless + refused, '<STATUS>Success</STATUS>'])(
		'%s says too little',
		async (inside) => {
			expect(await refusal(() => readOne(root(inside), {}))).toEqual({
				kind: 'malformed',
				message: 'Expected a TRACKINGID of Skycore, got a success without one',
			});
		},
	);
});

describe('a sender', () => {
	it('is known by its numbers, and by its campaign where it has one', () => {
		expect(knownOf({ to: '1', from: '2', fromMask: 'x', operatorId: 'y' })).toStrictEqual({
			to: '1',
			from: '2',
		});
		expect(knownOf({ to: '1', from: '2', campaignRef: 'C1' })).toStrictEqual({
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
	it('is counted', () => {
		expect(countedOf('Hi')).toStrictEqual({ segments: 1, encoding: 'GSM-7' });
		expect(countedOf('ключ'.repeat(20))).toStrictEqual({ segments: 2, encoding: 'UCS-2' });
	});

	it('is sent', async () => {
		const { api, requests } = answering(ok('t1'));
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
