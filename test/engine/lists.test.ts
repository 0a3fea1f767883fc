import { LoadOptionsContext } from 'n8n-core';
import type { ILoadOptionsFunctions, INode, INodeListSearchResult } from 'n8n-workflow';
import { searchKeywords, searchShortCodes } from '../../nodes/Cdyne/search';
import { searchMms } from '../../nodes/Skycore/search';
import { startSandbox, type Sandbox } from '../../sandbox';
import { additionalDataFor, workflowWith } from './engine';
import { PROVIDERS, runProvider, type ProviderName } from './operations';

/** Drop-downs of what the account holds, and fields that are chosen from them. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0 });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

type Search = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

async function list(provider: ProviderName, search: Search, filter?: string) {
	const { node, credentials } = PROVIDERS[provider];
	const own = credentials(sandbox.url);
	const workflow = workflowWith({ node, parameters: {}, credentials: own });
	const context = new LoadOptionsContext(
		workflow,
		workflow.getNode('Node') as INode,
		additionalDataFor(own),
		'parameters.any',
	);
	return (await search.call(context, filter)).results;
}

const chosen = (value: string) => ({ __rl: true, mode: 'list', value });
const keyword = (operation: string, parameters: object) =>
	runProvider('cdyne', sandbox, { resource: 'keyword', operation, ...parameters } as never);

it('Skycore lists the saved MMS, and sends the one that is chosen', async () => {
	expect(await list('skycore', searchMms)).toEqual([{ name: '35674', value: '35674' }]);
	expect(await list('skycore', searchMms, '36')).toEqual([]);
	const send = { resource: 'mms', operation: 'sendSaved', to: '17575550142', from: '60856' };
	const { json } = await runProvider('skycore', sandbox, {
		...send,
		mmsId: chosen('35674'),
	} as never);
	expect(json).toMatchObject([{ mmsId: '35674', status: 'queued' }]);
});

it('Skycore refuses to send where no MMS was chosen', async () => {
	const send = { resource: 'mms', operation: 'sendSaved', to: '17575550142', from: '60856' };
	const { error } = await runProvider('skycore', sandbox, send as never);
	expect(error?.message).toMatch(/MMS ID is empty/);
});

it('CDYNE lists keywords with their short codes, each short code once, and removes a chosen one', async () => {
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

it('a drop-down says why it is empty', async () => {
	sandbox.faults.add({ kind: 'status', status: 403, provider: 'skycore', times: 'always' });
	await expect(list('skycore', searchMms)).rejects.toThrow(/403/);
});
