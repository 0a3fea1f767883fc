import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import type { PostbackEvent } from '../../../nodes/shared/model/event';
import type { OutputSchema } from '../../../nodes/shared/model/schema';
import { readEvents } from '../../../nodes/shared/receiving/readEvents';
import type { Sandbox } from '../../../sandbox';
import { sandboxCredentials } from '../../../sandbox/n8n/credentials.mjs';
import { runNode } from '../harness/engine';
import type { RunOptions, RunResult } from '../harness/engine';
import type { OperationRow as AnyRow, Stage } from './operationRow';
import * as providers from './providers';
import type { ProviderCase, Send } from './providers/case';

export type { Stage } from './operationRow';

export type ProviderName = keyof typeof providers;

export interface OperationRow extends AnyRow {
	provider: ProviderName;
}

/**
 * Every operation of every provider, except those that wait. The tests of all operations, under
 * faults and in a real n8n, use this table.
 */
export const OPERATIONS = Object.values(providers).flatMap(
	({ operations }) => operations,
) as OperationRow[];

/** The name of a row in test titles. */
export const titleOf = ({ provider, name }: Pick<OperationRow, 'provider' | 'name'>) =>
	`${provider} ${name}`;

type Credentials = Record<string, Record<string, string>>;

export interface ProviderRow extends ProviderCase {
	/** The name of the node in n8n, without the prefix of the package. */
	type: string;
	/** The credentials for the sandbox, by credential type. */
	credentials(sandboxUrl: string): Credentials;
	/** Values that must not appear anywhere. */
	secrets: string[];
}

function credentialsOf({ node }: ProviderCase, sandboxUrl: string): Credentials {
	const used = new Set(node.description.credentials?.map(({ name }) => name));
	const credentials = sandboxCredentials(sandboxUrl).filter(({ type }) => used.has(type));
	return Object.fromEntries(credentials.map(({ type, data }) => [type, data]));
}

/** All values of credentials except base URL and username, and the encoded Basic credentials. */
function secretsOf(credentials: Credentials): string[] {
	return Object.values(credentials).flatMap((data) => {
		const { username, password } = data;
		const names = Object.keys(data).filter((name) => !['baseUrl', 'username'].includes(name));
		const basic = Buffer.from(`${username}:${password}`).toString('base64');
		return [...names.map((name) => data[name]), ...(username ? [basic] : [])];
	});
}

const rowOf = (provider: ProviderCase): ProviderRow => ({
	...provider,
	type: provider.node.description.name,
	credentials: (sandboxUrl) => credentialsOf(provider, sandboxUrl),
	secrets: secretsOf(credentialsOf(provider, '')),
});

export const PROVIDERS = Object.fromEntries(
	Object.entries(providers).map(([name, provider]) => [name, rowOf(provider)]),
) as Record<ProviderName, ProviderRow>;

export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[];

/** The values that a function returns for each provider, each with the name of the provider. */
export function fromAllProviders<T>(
	valuesOf: (provider: ProviderRow) => T[],
): Array<[ProviderName, T]> {
	return PROVIDER_NAMES.flatMap((name) =>
		valuesOf(PROVIDERS[name]).map((value): [ProviderName, T] => [name, value]),
	);
}

/** The output schema of the operation that these parameters select. */
export function outputSchemaOf(
	provider: ProviderName,
	{ resource, operation }: INodeParameters,
): OutputSchema {
	const found = PROVIDERS[provider].provider.operations.find(
		(candidate) => candidate.resource === resource && candidate.operation === operation,
	);
	if (!found) throw new Error(`${provider} has no ${String(resource)}.${String(operation)}`);
	return found.outputSchema;
}

/** The postbacks of the sandbox for a provider, one for each of its kinds. */
export const postbacksOf = (name: ProviderName, sandbox: () => Sandbox) =>
	PROVIDERS[name].postbackKinds.map(([kind, fields]) => ({
		kind,
		fields,
		body: () =>
			sandbox().simulators.get(name)!.fire!({ kind, url: 'http://127.0.0.1:9/', fields }).body,
	}));

/** The events that a provider's trigger reads from a body. */
export function eventsIn(name: ProviderName, text: string): PostbackEvent[] {
	const { read } = PROVIDERS[name].provider.postbacks;
	const postback = { text, contentType: '', headers: {} };
	return readEvents({ provider: name, read }, postback, new Date().toISOString());
}

/** Runs a provider's node against a sandbox, with the credentials for it. */
export async function runProvider(
	provider: ProviderName,
	sandbox: Sandbox,
	parameters: INodeParameters,
	more: Partial<RunOptions> = {},
): Promise<RunResult> {
	const { node, credentials } = PROVIDERS[provider];
	return await runNode({ node, parameters, credentials: credentials(sandbox.url), ...more });
}

export type SendWithOptions = [
	send: Pick<Send, 'parameters'>,
	options: IDataObject,
	more?: Partial<RunOptions>,
];

/** Runs a send with options. */
export async function runSend(
	provider: ProviderName,
	sandbox: Sandbox,
	...[{ parameters }, options, more]: SendWithOptions
): Promise<RunResult> {
	return await runProvider(provider, sandbox, { ...parameters, options } as never, more);
}

/** The input item of a row. */
export function inputOf({ file }: OperationRow): INodeExecutionData[] {
	if (!file) return [{ json: {} }];
	const data = Buffer.from(file.content).toString('base64');
	return [{ json: {}, binary: { file: { data, mimeType: file.mimeType, fileName: file.name } } }];
}

/** Prepares the sandbox for a row. @returns all parameters to run the row with */
export async function prepare(row: OperationRow, sandbox: Sandbox): Promise<INodeParameters> {
	const stage: Stage = {
		sandbox,
		run: async (parameters) => {
			const { json, error } = await runProvider(row.provider, sandbox, parameters);
			if (error) throw new Error(`${titleOf(row)} cannot be prepared: ${error.message}`);
			return json;
		},
	};
	return { ...row.parameters, ...(await row.prepare?.(stage)) };
}
