import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { eventShape } from '../../nodes/shared/event';
import { parseForm } from '../../nodes/shared/form';
import type { Postbacks } from '../../nodes/shared/postbacks';
import { receive } from '../../nodes/shared/receive';
import { OK } from '../../nodes/shared/reply';
import { postbackWebhook } from '../../nodes/shared/trigger';

/** What a provider may do differently from the four: nothing of it is known to shared/. */

const FORM: Postbacks = {
	read: ({ text }) => {
		const raw = Object.fromEntries(parseForm(text));
		return [{ event: 'message.received', key: [text], text: raw.message ?? null, raw }];
	},
	gives: eventShape,
	verification: { secretsOf: async () => [], warn: async () => undefined },
	method: 'POST',
	reply: OK,
	answer: 'atOnce',
	perMessage: false,
};

/** A request as n8n hands it over, and what was answered. */
async function received(changes: Partial<Postbacks>, query: IDataObject = {}) {
	const answers: string[] = [];
	const response = {
		status: (code: number) => (answers.push(String(code)), response),
		type: (type: string) => (answers.push(type), response),
		send: (body: string) => (answers.push(body), response),
	};
	const context = {
		getNodeParameter: (name: string) => (name === 'events' ? ['message.received'] : {}),
		getQueryData: () => query,
		getHeaderData: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
		getRequestObject: () => ({ rawBody: Buffer.from('message=from+the+body') }),
		getResponseObject: () => response,
	} as unknown as IWebhookFunctions;
	const { workflowData } = await receive(context, {
		name: 'p',
		postbacks: { ...FORM, ...changes },
	});
	return { answers, json: workflowData?.[0].map(({ json }) => json) };
}

it('a provider that asks by GET is read from the query, without our token', async () => {
	const { json } = await received(
		{ method: 'GET' },
		{ token: 't', message: 'a b', id: ['1', '2'] },
	);
	expect(json).toMatchObject([{ provider: 'p', text: 'a b', raw: { message: 'a b', id: '2' } }]);
	expect(json?.[0].raw).not.toHaveProperty('token');
});

it('a provider that posts is read from the body, whatever the query says', async () => {
	const { json } = await received({}, { message: 'from the query' });
	expect(json).toMatchObject([{ text: 'from the body' }]);
});

it('a provider that would text an answer to the sender gets an empty one', async () => {
	const reply = { body: '', type: 'text/plain' };
	expect((await received({ reply })).answers).toEqual(['200', 'text/plain', '']);
	// n8n's word for it, where n8n answers
	expect(postbackWebhook({ ...FORM, reply })).toMatchObject({ responseData: 'noData' });
});

it('a provider may want another type', async () => {
	const reply = { body: '<Response/>', type: 'text/xml' };
	expect((await received({ reply })).answers).toEqual(['200', 'text/xml', '<Response/>']);
	expect(postbackWebhook({ ...FORM, reply })).toMatchObject({
		responseData: '<Response/>',
		responseContentType: 'text/xml',
	});
});

it('what a provider’s verification refuses starts nothing', async () => {
	const secretsOf = async () => undefined;
	const { answers, json } = await received({ verification: { ...FORM.verification, secretsOf } });
	expect(answers[0]).toBe('401');
	expect(json).toBeUndefined();
});

it('the secrets that it names are masked in what came', async () => {
	const secret = 'a-signing-key-of-ours';
	const verification = { ...FORM.verification, secretsOf: async () => [secret] };
	const { json } = await received({ method: 'GET', verification }, { message: `is ${secret}` });
	expect(json).toMatchObject([{ text: 'is ***', raw: { message: 'is ***' } }]);
});
