import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { SuspendedWait } from '../../../nodes/shared/provider/waitStrategy';
import { hasResumeKey, resumeUrl } from '../../../nodes/shared/waiting/resumeUrl';
import { contextWith } from '../../engine/harness/contexts';

/** The resume URL of a wait, and the key that protects it. */

function resumeUrlFor(url: string, store: IDataObject = {}) {
	const context = contextWith({}, { evaluateExpression: () => url, getContext: () => store });
	return resumeUrl(context);
}

it.each([
	['https://n8n.example/webhook-waiting/7?signature=s', '/webhook-waiting/7/node-1?signature=s'],
	['https://n8n.example/webhook-waiting/7/?signature=s', '/webhook-waiting/7/node-1?signature=s'],
	['https://n8n.example/a/b/7?a=/', '/a/b/7/node-1?a=/'],
])('for %s it names the node, with the token of n8n and without a key', (url, path) => {
	const store = {};
	expect(resumeUrlFor(url, store)).toBe(`https://n8n.example${path}`);
	expect(store).toEqual({});
});

it('without a token it has a key, the same for all waits of the execution', () => {
	const store: IDataObject = {};
	const url = resumeUrlFor('https://n8n.example/webhook-waiting/7', store);
	expect(store.waitKey).toMatch(/^[\da-f-]{36}$/);
	expect(url).toBe(`https://n8n.example/webhook-waiting/7/node-1?key=${String(store.waitKey)}`);
	expect(resumeUrlFor('https://n8n.example/webhook-waiting/7', store)).toBe(url);
	expect(resumeUrlFor('https://n8n.example/webhook-waiting/7')).not.toBe(url);
});

it.each<[string | undefined, unknown, boolean]>([
	[undefined, undefined, true],
	[undefined, 'k', true],
	['k', 'k', true],
	['k', 'l', false],
	['k', undefined, false],
	['k', ['k', 'k'], false],
	['', undefined, false],
])('a wait with the key %j accepts a request with %j: %s', (key, received, accepts) => {
	const context = { getQueryData: () => ({ key: received }) } as unknown as IWebhookFunctions;
	expect(hasResumeKey(context, { waitId: 'w', state: {}, key } as SuspendedWait)).toBe(accepts);
});

it('no key is needed if nothing waits', () => {
	const context = { getQueryData: () => ({}) } as unknown as IWebhookFunctions;
	expect(hasResumeKey(context, undefined)).toBe(true);
});
