import type { INodeParameters } from 'n8n-workflow';
import { objectWith } from '../../nodes/shared/schema';
import { startSandbox, type Sandbox } from '../../sandbox';
import { sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import {
	OPERATIONS,
	prepare,
	PROVIDER_NAMES,
	PROVIDERS,
	type OperationRow,
	type ProviderName,
} from '../engine/operations';
import { node, startN8n, type N8n, type Run } from './instance';
import { chain, ITEMS, PREFIX, startNodes, type NodeOfWorkflow } from './workflow';

/** Every operation of the table of the engine tests in a real n8n, one execution per provider. */

interface Round {
	title: string;
	provider: ProviderName;
	settings?: Record<string, unknown>;
	/** The operations meant; all of them if left out. */
	only?: RegExp;
}

const ROUNDS: Round[] = [
	...PROVIDER_NAMES.map((provider) => ({ title: PROVIDERS[provider].title, provider })),
	{
		title: 'CDYNE answering XML',
		provider: 'cdyne',
		settings: { forceXml: true },
		only: /^(message|incomingMessage|optOut)\./,
	},
	{ title: 'Wooxy with HTTP statuses', provider: 'wooxy', settings: { statusMode: 'mapped' } },
];

const rowsOf = ({ provider, only = /./ }: Round) =>
	OPERATIONS.filter((row) => row.provider === provider && only.test(row.name));

const FILE = 'File';

/** Start and Items, then every operation beside the others, each with the same item. */
function sideBySide(rows: OperationRow[], parameters: INodeParameters[], settings: object) {
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
/** Messages that only prepare the sandbox. */
let preparedTexts = 0;
const texts = () => sandbox.messages.list({ direction: 'out' });
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
	n8n = await startN8n({ sandbox });
});
afterAll(async () => {
	await n8n?.stop();
	await sandbox?.close();
});

interface How {
	/** Of the nodes. */
	settings?: object;
	/** After the sandbox was prepared, before the workflow runs. */
	ready?: () => unknown;
}

async function runAll(round: Round, { settings = {}, ready }: How = {}): Promise<Run> {
	const rows = rowsOf(round);
	const parameters = [];
	for (const row of rows) parameters.push(await prepare(row, sandbox));
	sandbox.requests.clear();
	preparedTexts = texts().length;
	ready?.();
	const { file } = rows.find((row) => row.file) ?? {};
	const content = Buffer.from(file?.content ?? '').toString('base64');
	const live = await n8n.publish(sideBySide(rows, parameters, settings));
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

	it('the workflow ends well', () => {
		expect([run.status, run.error?.message]).toEqual(['success', undefined]);
	});

	it('every item reached the operations', () => expect(run.items(ITEMS)).toHaveLength(1));

	it.each(rows.map((row) => [row.name, row] as const))('%s gives what it should', (name, row) => {
		const wanted = row.output.map((one) => expect.objectContaining(one));
		expect(run.json(name)).toEqual(expect.arrayContaining(wanted));
	});

	it('each handset has its message once, and no other has one', () => {
		const texted = texts()
			.slice(preparedTexts)
			.map(({ handset }) => handset);
		expect(texted.sort()).toEqual(rows.flatMap(({ handsets }) => handsets).sort());
	});

	it('each operation asks the provider once for what it needs', () => {
		const asked = sandbox.requests.list({ provider }).map(({ operation }) => operation);
		expect(asked.sort()).toEqual(rows.flatMap(({ calls }) => calls).sort());
	});
});

describe.each(PROVIDER_NAMES)('%s behind an address that answers 404', (provider) => {
	const round: Round = { title: provider, provider };
	const rows = rowsOf(round);
	let run: Run;
	beforeAll(async () => {
		const page = { kind: 'html', status: 404, body: '<html>Nothing here</html>' } as const;
		run = await runAll(round, {
			settings: { onError: 'continueRegularOutput' },
			ready: () => sandbox.faults.add({ provider, times: 'always', ...page }),
		});
	});
	afterAll(() => sandbox.reset());

	it.each(rows.map(({ name }) => [name]))('%s gives one error that names what came', (name) => {
		expect(run.json(name)).toEqual([
			{
				error: expect.stringMatching(/HTTP 404 with an HTML page: "Nothing here" \[Item 0\]$/),
				details: expect.any(Object),
			},
		]);
	});
});

describe('the output schemas that the editor asks for', () => {
	/** @param path what stands behind the version: a resource and an operation, or nothing */
	async function schemaOf(type: string, path: string): Promise<unknown> {
		const response = await fetch(`${n8n.url}/schemas/${PREFIX}${type}/1.0.0${path}.json`);
		return response.ok ? await response.json() : response.status;
	}

	it.each(Object.values(PROVIDERS).map(({ type, provider }) => [type, provider] as const))(
		'%s has one for each operation',
		async (type, { operations }) => {
			for (const { resource, operation, gives } of operations) {
				const found = await schemaOf(type, `/${resource}/${operation}`);
				expect([resource, operation, found]).toEqual([resource, operation, objectWith(gives)]);
			}
		},
	);

	it.each(
		Object.values(PROVIDERS).map(({ type, provider }) => [`${type}Trigger`, provider] as const),
	)('%s has one for its events', async (type, { postbacks }) => {
		expect(await schemaOf(type, '')).toEqual(objectWith(postbacks.gives));
	});
});

describe('after all that', () => {
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

	it('what is no secret leaves traces', async () => {
		expect(await n8n.traces('Your table is ready')).not.toEqual([]);
	});
});
