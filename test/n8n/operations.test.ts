import type { INodeParameters } from 'n8n-workflow';
import { objectWith } from '../../nodes/shared/model/schema';
import { startSandbox } from '../../sandbox';
import type { Sandbox } from '../../sandbox';
import { sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import { OPERATIONS, prepare, PROVIDER_NAMES, PROVIDERS } from '../engine/tables/operations';
import type { OperationRow, ProviderName } from '../engine/tables/operations';
import { node, startN8n } from './instance';
import type { N8n, Run } from './instance';
import { chain, ITEMS, PREFIX, startNodes } from './workflow';
import type { NodeOfWorkflow } from './workflow';

/** Every operation of the table of operations in a real n8n, with one execution per provider. */

interface Round {
	title: string;
	provider: ProviderName;
	settings?: Record<string, unknown>;
	/** The operations to run; all if omitted. */
	only?: RegExp;
}

const ROUNDS: Round[] = [
	...PROVIDER_NAMES.map((provider) => ({ title: PROVIDERS[provider].title, provider })),
	{
		title: 'CDYNE responding with XML',
		provider: 'cdyne',
		settings: { forceXml: true },
		only: /^(message|incomingMessage|optOut)\./,
	},
	{ title: 'Wooxy with HTTP statuses', provider: 'wooxy', settings: { statusMode: 'mapped' } },
];

const rowsOf = ({ provider, only = /./ }: Round) =>
	OPERATIONS.filter((row) => row.provider === provider && only.test(row.name));

const FILE = 'File';

/** A workflow that passes the same item to every operation in parallel. */
function inParallel(rows: OperationRow[], parameters: INodeParameters[], settings: object) {
	const operations = rows.map((row, index) =>
		node(row.name, PROVIDERS[row.provider].type, parameters[index], settings),
	);
	const workflow = chain(startNodes(operations));
	const [, items] = workflow.nodes;
	const files: NodeOfWorkflow[] = [];
	const first = rows.map((row, index) => {
		if (!row.file) return operations[index].name;
		const file = node(
			`${FILE} ${index}`,
			'n8n-nodes-base.convertToFile',
			{
				operation: 'toBinary',
				sourceProperty: 'content',
				binaryPropertyName: 'file',
				options: { fileName: row.file.name, mimeType: row.file.mimeType },
			},
			{ typeVersion: 1.1 },
		);
		files.push(file);
		workflow.connections[file.name] = { main: [[{ node: row.name, type: 'main', index: 0 }]] };
		return file.name;
	});
	workflow.nodes.push(...files, ...operations);
	workflow.connections[items.name] = {
		main: [first.map((name) => ({ node: name, type: 'main', index: 0 }))],
	};
	return workflow;
}

let sandbox: Sandbox;
let n8n: N8n;
/** The number of messages that were sent to prepare the sandbox. */
let preparedTexts = 0;
const texts = () => sandbox.messages.list({ direction: 'out' });
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
	n8n = await startN8n({ sandbox, editor: true });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

interface RunAllOptions {
	/** Settings of the nodes. */
	settings?: object;
	/** Called after the sandbox was prepared and before the workflow runs. */
	beforeRun?: () => unknown;
}

async function runAll(
	round: Round,
	{ settings = {}, beforeRun }: RunAllOptions = {},
): Promise<Run> {
	const rows = rowsOf(round);
	const parameters = [];
	for (const row of rows) parameters.push(await prepare(row, sandbox));
	sandbox.requests.clear();
	preparedTexts = texts().length;
	beforeRun?.();
	const { file } = rows.find((row) => row.file) ?? {};
	const content = Buffer.from(file?.content ?? '').toString('base64');
	const live = await n8n.publish(inParallel(rows, parameters, settings));
	try {
		return await live.start([{ content }]);
	} finally {
		await live.unpublish();
	}
}

describe.each(ROUNDS.map((round) => [round.title, round] as const))('%s:', (_title, round) => {
	const rows = rowsOf(round);
	const { provider } = round;
	let run: Run;
	beforeAll(async () => {
		if (round.settings) sandbox.configure(provider, round.settings);
		run = await runAll(round);
	});
	afterAll(() => sandbox.reset());

	it('the workflow succeeds', () => {
		expect([run.status, run.error?.message]).toEqual(['success', undefined]);
	});

	it('the operations receive the item', () => expect(run.items(ITEMS)).toHaveLength(1));

	it.each(rows.map((row) => [row.name, row] as const))(
		'%s outputs the expected items',
		(name, row) => {
			const expected = row.output.map((fields) => expect.objectContaining(fields));
			expect(run.json(name)).toEqual(expect.arrayContaining(expected));
		},
	);

	it('each handset gets its message once, and no other handset gets one', () => {
		const texted = texts()
			.slice(preparedTexts)
			.map(({ handset }) => handset);
		expect(texted.sort()).toEqual(rows.flatMap(({ handsets }) => handsets).sort());
	});

	it('each operation makes each expected request once', () => {
		const requests = sandbox.requests.list({ provider }).map(({ operation }) => operation);
		expect(requests.sort()).toEqual(rows.flatMap(({ calls }) => calls).sort());
	});
});

describe.each(PROVIDER_NAMES)('%s at an address that responds with 404', (provider) => {
	const round: Round = { title: provider, provider };
	const rows = rowsOf(round);
	let run: Run;
	beforeAll(async () => {
		const page = { kind: 'html', status: 404, body: '<html>Nothing here</html>' } as const;
		run = await runAll(round, {
			settings: { onError: 'continueRegularOutput' },
			beforeRun: () => sandbox.faults.add({ provider, times: 'always', ...page }),
		});
	});
	afterAll(() => sandbox.reset());

	it.each(rows.map(({ name }) => [name]))(
		'%s outputs one error that says what was received',
		(name) => {
			expect(run.json(name)).toEqual([
				{
					error: expect.stringMatching(/HTTP 404 with an HTML page: "Nothing here" \[Item 0\]$/),
					details: expect.any(Object),
				},
			]);
		},
	);
});

describe('the output schemas for the editor', () => {
	/** @param path the path after the version: a resource and an operation, or empty */
	async function schemaOf(type: string, path: string): Promise<unknown> {
		const response = await fetch(`${n8n.url}/schemas/${PREFIX}${type}/1.0.0${path}.json`);
		return response.ok ? await response.json() : response.status;
	}

	it.each(Object.values(PROVIDERS).map(({ type, provider }) => [type, provider] as const))(
		'%s has one for each operation',
		async (type, { operations }) => {
			for (const { resource, operation, outputSchema } of operations) {
				const found = await schemaOf(type, `/${resource}/${operation}`);
				expect([resource, operation, found]).toEqual([
					resource,
					operation,
					objectWith(outputSchema),
				]);
			}
		},
	);

	it.each(
		Object.values(PROVIDERS).map(({ type, provider }) => [`${type}Trigger`, provider] as const),
	)('%s has one for its events', async (type, { postbacks }) => {
		expect(await schemaOf(type, '')).toEqual(objectWith(postbacks.outputSchema));
	});
});

describe('after all operations', () => {
	const secrets = sandboxCredentials('').flatMap(({ type, data }) =>
		Object.entries(data)
			.filter(([name]) => !['baseUrl', 'username'].includes(name))
			.map(([name, value]) => [type, name, value]),
	);

	it.each(secrets)(
		'no trace of %s.%s is in the database or in a log',
		async (_type, _name, secret) => {
			expect(await n8n.traces(secret)).toEqual([]);
		},
	);

	it('a text that is not secret is in the database', async () => {
		expect(await n8n.traces('Your table is ready')).not.toEqual([]);
	});
});
