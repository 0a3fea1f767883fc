import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import { startSandbox } from '../../../sandbox';
import type { Sandbox } from '../../../sandbox';
import {
	inputOf,
	OPERATIONS,
	prepare,
	PROVIDERS,
	runProvider,
	titleOf,
} from '../tables/operations';
import type { OperationRow } from '../tables/operations';

/** An error about a field names it exactly as the panel shows it. */

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ port: 0, pace: { sent: 20, carrier: 20, delivered: 20 } });
});
afterAll(async () => await sandbox.close());
afterEach(() => sandbox.reset());

/** A value that no field can have. */
const UNUSABLE = '={{ ({ a: 1 }) }}';

/** Types of fields that hold a single value. */
const SINGLE = new Set(['string', 'boolean', 'number', 'options', 'dateTime']);

const isSingle = ({ type }: INodeProperties) => SINGLE.has(type);

function operationOf({ provider, parameters }: OperationRow) {
	const { operations } = PROVIDERS[provider].provider;
	return operations.find(
		({ resource, operation }) =>
			resource === parameters.resource && operation === parameters.operation,
	);
}

/** The parameters of a row with each of its fields and options made unusable, one at a time. */
function spoilt(row: OperationRow): Array<[label: string, parameters: INodeParameters]> {
	const { fields = [], options = [] } = operationOf(row) ?? {};
	return [
		...fields
			.filter(isSingle)
			.map(({ displayName, name, displayOptions }): [string, INodeParameters] => [
				displayName,
				{ ...shownBy(displayOptions), [name]: UNUSABLE },
			]),
		...options
			.filter(isSingle)
			.map(({ displayName, name }): [string, INodeParameters] => [
				displayName,
				{ options: { [name]: UNUSABLE } },
			]),
	];
}

/** The parameters on which a field depends, set so that it is shown. */
function shownBy(displayOptions: INodeProperties['displayOptions']): INodeParameters {
	const entries = Object.entries(displayOptions?.show ?? {});
	return Object.fromEntries(
		entries.map(([name, values]) => [name, values?.[0]]),
	) as INodeParameters;
}

/** The error of a run; empty if there is none, or n8n itself rejects the parameters. */
async function messageOf(row: OperationRow, parameters: INodeParameters): Promise<string> {
	const more = { input: inputOf(row) };
	const result = await runProvider(row.provider, sandbox, parameters, more).catch(
		(error: Error) => {
			expect(error.name).toBe('WorkflowHasIssuesError');
			return undefined;
		},
	);
	return result?.error?.message ?? '';
}

it.each(OPERATIONS.map((row) => [titleOf(row), row] as const))('%s', async (_title, row) => {
	const good = await prepare(row, sandbox);
	const wrong: string[] = [];
	for (const [label, parameters] of spoilt(row)) {
		const options = { ...(good.options as IDataObject), ...(parameters.options as IDataObject) };
		const message = await messageOf(row, { ...good, ...parameters, options } as INodeParameters);
		if (message && !message.includes(label)) wrong.push(`${label}: ${message}`);
	}
	expect(wrong).toEqual([]);
});
