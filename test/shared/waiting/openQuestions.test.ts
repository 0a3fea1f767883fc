/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject } from 'n8n-workflow';
import type { PostbackEvent } from '../../../nodes/shared/model/event';
import {
	closeQuestion,
	distinguishQuestion,
	handOn,
	noteQuestion,
	parseHandedOn,
} from '../../../nodes/shared/waiting/openQuestions';
import { replyCode, replyCodes } from '../../../nodes/shared/waiting/replyCode';
import { itemWith } from '../../engine/harness/contexts';

/** Several open questions to one person. */

let server: Server;
let status = 200;
let page = '{}';
/** What n8n responds if a wait for a reply has ended. */
const ENDED = '<html><head><title>No action required</title></head></html>';
let received: Array<{ path: string; body: string }> = [];
let base = '';
beforeAll(async () => {
	server = createServer((request, response) => {
		let body = '';
		request.on('data', (chunk) => (body += chunk));
		request.on('end', () => {
			received.push({ path: request.url ?? '', body });
			response.writeHead(status).end(page);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
	status = 200;
	page = '{}';
	received = [];
});

let count = 0;
/** A person whom nobody has asked yet. */
const somebody = () => `+1757555${String(count++).padStart(4, '0')}`;
const ask = (number: string, waitId: string, code?: string, until = Date.now() + 60_000) =>
	noteQuestion(number, { waitId, url: `${base}/${waitId}`, code, until });
/** An item that asks, in an execution of its own. */
const question = (options: IDataObject = {}, token = '') =>
	itemWith(
		{ message: 'Shall we?', options },
		{ evaluateExpression: () => `https://n8n.example/7${token}` },
	);
const distinguish = async (number: string) => await distinguishQuestion(question(), number);
const reply = (from: string, text: string) =>
	({ event: 'message.received', from, text, inReplyTo: 'newest' }) as PostbackEvent;

/** What the question of an item to a number says: `plain`, or its code. */
const codeOf = async (number: string, item = question()) => {
	await distinguishQuestion(item, number);
	return replyCode(item) ?? 'plain';
};
const CODE = expect.stringMatching(/^[1-9]\d\d$/);

describe('a question has a code', () => {
	it('if another question without one is open', async () => {
		const number = somebody();
		ask(number, 'first');
		expect(await codeOf(number)).toEqual(CODE);
		expect(JSON.parse(received[0].body)).toMatchObject({ waitId: 'first', probe: true });
	});

	it('if another question without one is being sent', async () => {
		const number = somebody();
		const codes = await Promise.all([codeOf(number), codeOf(number), codeOf(number)]);
		expect(codes).toEqual(['plain', CODE, CODE]);
		expect(codes[1]).not.toBe(codes[2]);
	});

	it.each<[string, (number: string) => unknown]>([
		['nobody has asked', () => undefined],
		['the first one has ended', (number) => (ask(number, 'a'), closeQuestion(number, 'a'))],
		['its limit has passed', (number) => ask(number, 'a', undefined, Date.now() - 1)],
		['the first one has a code', (number) => ask(number, 'a', '372')],
		['another person was asked', () => ask(somebody(), 'a')],
		['the first one was not sent', async (number) => (await distinguish(number))()],
	])('but not if %s', async (_, before) => {
		const number = somebody();
		await before(number);
		expect(await codeOf(number)).toBe('plain');
		expect(received).toEqual([]);
	});

	it.each([404, 409, 410, 500])('but not if n8n responds with %i', async (code) => {
		const number = somebody();
		ask(number, 'gone');
		status = code;
		expect(await codeOf(number)).toBe('plain');
		expect(received).toHaveLength(1);
	});

	it('but not if n8n responds with the page of a wait that has ended', async () => {
		const number = somebody();
		ask(number, 'over with a page');
		page = ENDED;
		expect(await codeOf(number)).toBe('plain');
	});

	it('that all tries have', async () => {
		const number = somebody();
		const item = question();
		expect(await codeOf(number, item)).toBe('plain');
		ask(number, 'in between');
		expect(await codeOf(number, item)).toBe('plain');
	});

	it('that no other open question to the number has', async () => {
		const number = somebody();
		const codes = new Set<string>();
		for (let index = 0; index < 60; index++) {
			const code = await codeOf(number, question({ askForCode: true }));
			codes.add(code);
			ask(number, `w${index}`, code);
		}
		expect(codes.size).toBe(60);
	});

	it('that a later question may have when the wait has ended', async () => {
		const number = somebody();
		const [preferred] = replyCodes(question({ askForCode: true }, '?signature=s'));
		ask(number, 'first', preferred);
		const code = async () => await codeOf(number, question({ askForCode: true }, '?signature=s'));
		expect(await code()).not.toBe(preferred);
		closeQuestion(number, 'first');
		expect(await code()).toBe(preferred);
	});

	it('that is in no text which the person reads', async () => {
		const all = Array.from({ length: 900 }, (_, index) => index + 100);
		const parameters = {
			message: `Room ${all.slice(0, 300).join(', ')}?`,
			choices: all.slice(300, 600).join(),
			approveWord: all.slice(600, 700).join('/'),
			declineWord: all.slice(700, 899).join('/'),
			options: { askForCode: true },
		};
		const item = itemWith(parameters, { evaluateExpression: () => '' });
		expect(await codeOf(somebody(), item)).toBe('999');
	});
});

describe('a reply', () => {
	it.each<[string, string, string | undefined, Array<[string, string?]>, string | undefined]>([
		['with the own code stays', 'YES 372', '372', [['other', '555']], undefined],
		['with the code of another question goes there', 'YES 555', '372', [['other', '555']], 'other'],
		['with a code goes there from a question without', 'NO 555', undefined, [['o', '555']], 'o'],
		['without a code goes to the only question without', 'YES', '372', [['plain']], 'plain'],
		['without a code stays if there are two', 'YES', '372', [['a'], ['b']], undefined],
		['without a code stays where none is asked for', 'YES', undefined, [['a', '555']], undefined],
		['with an unknown code stays', 'YES 999', '372', [['other', '555']], undefined],
	])('%s', async (_, text, own, others, expected) => {
		const number = somebody();
		ask(number, 'newest', own);
		for (const [waitId, code] of others) ask(number, waitId, code);
		expect(await handOn(reply(number, text), 'newest', own)).toBe(expected !== undefined);
		expect(received.map(({ path }) => path)).toEqual(
			expected === undefined ? [] : [`/${expected}`],
		);
		if (expected) {
			expect(parseHandedOn(received[0].body)).toMatchObject({
				from: number,
				text,
				inReplyTo: null,
			});
		}
	});

	it.each<[number, string]>([
		[404, ''],
		[200, ENDED],
	])('that the other wait does not take stays: %i %s', async (code, body) => {
		const number = somebody();
		ask(number, 'over', '555');
		status = code;
		page = body;
		expect(await handOn(reply(number, 'YES 555'), 'newest', '372')).toBe(false);
	});

	it.each(['', 'SMSResponse=1', '{"smsGateways":"lookUp","waitId":"w"}', '{"event":{}}'])(
		'is not in the body %j',
		(text) => {
			expect(parseHandedOn(text)).toBeUndefined();
		},
	);
});
