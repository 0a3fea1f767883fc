import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INode, INodeListSearchResult } from 'n8n-workflow';
import { searchKeywords, searchShortCodes } from '../../../nodes/Cdyne/search';
import { searchMms } from '../../../nodes/Skycore/search';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import { additionalDataFor, workflowWith } from '../harness/engine';
import { PROVIDERS, runProvider } from '../tables/operations';
import type { ProviderName } from '../tables/operations';

/** Drop-down lists of what an account contains, and fields whose value is chosen from them. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

async function list(provider: ProviderName, search: Search, filter?: string) {
	const { node, credentials } = PROVIDERS[provider];
	const sandboxCredentials = credentials(sandbox.url);
	const workflow = workflowWith({ node, parameters: {}, credentials: sandboxCredentials });
	const context = new LoadOptionsContext(
		workflow,
		workflow.getNode('Node') as INode,
		additionalDataFor(sandboxCredentials),
		'parameters.any',
	);
	return (await search.call(context, filter)).results;
}

const chosen = (value: string) => ({ __rl: true, mode: 'list', value });
const keyword = (operation: string, parameters: object) =>
	runProvider('cdyne', sandbox, { resource: 'keyword', operation, ...parameters } as never);

it('Skycore lists the saved MMS and sends the chosen one', async () => {
	expect(await list('skycore', searchMms)).toEqual([{ name: '35674', value: '35674' }]);
	expect(await list('skycore', searchMms, '36')).toEqual([]);
	const send = { resource: 'mms', operation: 'sendSaved', to: '17575550142', from: '60856' };
	const { json } = await runProvider('skycore', sandbox, {
		...send,
		mmsId: chosen('35674'),
	} as never);
	expect(json).toMatchObject([{ mmsId: '35674', status: 'queued' }]);
});

it('Skycore fails if no MMS was chosen', async () => {
	const send = { resource: 'mms', operation: 'sendSaved', to: '17575550142', from: '60856' };
	const { error } = await runProvider('skycore', sandbox, send as never);
	expect(error?.message).toMatch(/MMS ID is empty/);
});

it('CDYNE lists keywords and short codes, without duplicates, and removes the chosen keyword', async () => {
	expect(await list('cdyne', searchKeywords)).toEqual([]);
	await keyword('assign', { keyword: 'PIZZA', shortCode: '55512' });
	await keyword('assign', { keyword: 'PASTA', shortCode: '55512' });
	expect(await list('cdyne', searchKeywords)).toEqual([
		{ name: 'PIZZA (55512)', value: 'PIZZA' },
		{ name: 'PASTA (55512)', value: 'PASTA' },
	]);
	expect(await list('cdyne', searchKeywords, 'past')).toEqual([
		{ name: 'PASTA (55512)', value: 'PASTA' },
	]);
	expect(await list('cdyne', searchShortCodes)).toEqual([{ name: '55512', value: '55512' }]);
	const { error } = await keyword('remove', {
		keyword: chosen('PIZZA'),
		shortCode: chosen('55512'),
	});
	expect(error).toBeUndefined();
	expect(await list('cdyne', searchKeywords)).toEqual([{ name: 'PASTA (55512)', value: 'PASTA' }]);
});

it('a drop-down list that cannot be loaded shows the error', async () => {
	sandbox.faults.add({ kind: 'status', status: 403, provider: 'skycore', times: 'always' });
	await expect(list('skycore', searchMms)).rejects.toThrow(/403/);
});
