import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import { hasKey, resumeAddress } from '../../nodes/shared/resumeAddress';
import type { Parked } from '../../nodes/shared/wait';
import { contextWith } from './contexts';

/** The address of a wait, and who may post to it. */

function addressOf(url: string, store: IDataObject = {}) {
	const context = contextWith({}, { evaluateExpression: () => url, getContext: () => store });
	return resumeAddress(context);
}

it.each([
	['https://n8n.example/webhook-waiting/7?signature=s', '/webhook-waiting/7/node-1?signature=s'],
	['https://n8n.example/webhook-waiting/7/?signature=s', '/webhook-waiting/7/node-1?signature=s'],
	['https://n8n.example/a/b/7?a=/', '/a/b/7/node-1?a=/'],
])('%s leads to the node, with the token of n8n and no key of ours', (url, path) => {
	const store = {};
	expect(addressOf(url, store)).toBe(`https://n8n.example${path}`);
	expect(store).toEqual({});
});

it('without a token it has a key of ours, the same for all waits of the execution', () => {
	const store: IDataObject = {};
	const address = addressOf('https://n8n.example/webhook-waiting/7', store);
	expect(store.waitKey).toMatch(/^[\da-f-]{36}$/);
	expect(address).toBe(`https://n8n.example/webhook-waiting/7/node-1?key=${String(store.waitKey)}`);
	expect(addressOf('https://n8n.example/webhook-waiting/7', store)).toBe(address);
	expect(addressOf('https://n8n.example/webhook-waiting/7')).not.toBe(address);
});

it.each<[string, string | undefined, unknown, boolean]>([
	['without a key anybody', undefined, undefined, true],
	['without a key who gives one', undefined, 'k', true],
	['with a key who has it', 'k', 'k', true],
	['with a key who has another', 'k', 'l', false],
	['with a key who has none', 'k', undefined, false],
	['with a key who gives several', 'k', ['k', 'k'], false],
	['with an empty key who has none', '', undefined, false],
])('to a wait %s may post: %j', (_, key, given, may) => {
	const context = { getQueryData: () => ({ key: given }) } as unknown as IWebhookFunctions;
	expect(hasKey(context, { wait: 'w', state: {}, key } as Parked)).toBe(may);
});

it('nothing is asked for where nothing waits', () => {
	const context = { getQueryData: () => ({}) } as unknown as IWebhookFunctions;
	expect(hasKey(context, undefined)).toBe(true);
});
