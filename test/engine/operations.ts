import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { readEvents, type PostbackEvent } from '../../nodes/shared/event';
import type { Shape } from '../../nodes/shared/schema';
import type { Sandbox } from '../../sandbox';
import { sandboxCredentials } from '../../sandbox/n8n/credentials.mjs';
import * as providers from '../providers';
import type { ProviderCase } from '../providers/case';
import { runNode, type RunOptions, type RunResult } from './engine';
import type { OperationRow, ProviderName, Stage } from './operations/row';

export type { OperationRow, ProviderName, Stage } from './operations/row';

/**
 * Every operation of every provider, except the ones that wait: what is asked of all of them, under
 * faults and in a real n8n, goes through this one table.
 */
export const OPERATIONS: OperationRow[] = Object.values(providers).flatMap(
	({ operations }) => operations,
);

/** For the names of tests. */
export const titleOf = ({ provider, name }: Pick<OperationRow, 'provider' | 'name'>) =>
	`${provider} ${name}`;

type Credentials = Record<string, Record<string, string>>;

export interface ProviderRow extends ProviderCase {
	/** The node's name in n8n, without the package's. */
	type: string;
	/** Those of the sandbox, by credential type. */
	credentials(sandboxUrl: string): Credentials;
	/** What must show nowhere. */
	secrets: string[];
}

function credentialsOf({ node }: ProviderCase, sandboxUrl: string): Credentials {
	const used = new Set(node.description.credentials?.map(({ name }) => name));
	const own = sandboxCredentials(sandboxUrl).filter(({ type }) => used.has(type));
	return Object.fromEntries(own.map(({ type, data }) => [type, data]));
}

/** All that a credential holds but its address and name, and what a Basic header makes of it. */
function secretsOf(credentials: Credentials): string[] {
	return Object.values(credentials).flatMap((data) => {
		const { username, password } = data;
		const names = Object.keys(data).filter((name) => !['baseUrl', 'username'].includes(name));
		const basic = Buffer.from(`${username}:${password}`).toString('base64');
		return [...names.map((name) => data[name]), ...(username ? [basic] : [])];
	});
}

const rowOf = (one: ProviderCase): ProviderRow => ({
	...one,
	type: one.node.description.name,
	credentials: (sandboxUrl) => credentialsOf(one, sandboxUrl),
	secrets: secretsOf(credentialsOf(one, '')),
});

export const PROVIDERS = Object.fromEntries(
	Object.entries(providers).map(([name, one]) => [name, rowOf(one)]),
) as Record<ProviderName, ProviderRow>;

export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[];

/** What all providers meet, with the name of each. */
export function ofAll<T>(of: (provider: ProviderRow) => T[]): Array<[ProviderName, T]> {
	return PROVIDER_NAMES.flatMap((name) =>
		of(PROVIDERS[name]).map((one): [ProviderName, T] => [name, one]),
	);
}

/** What the chosen operation says that it gives. */
export function givenBy(provider: ProviderName, { resource, operation }: INodeParameters): Shape {
	const found = PROVIDERS[provider].provider.operations.find(
		(one) => one.resource === resource && one.operation === operation,
	);
	if (!found) throw new Error(`${provider} has no ${String(resource)}.${String(operation)}`);
	return found.gives;
}

/** The bodies that the sandbox posts for a provider, one for each of its kinds of events. */
export const postedBy = (name: ProviderName, sandbox: () => Sandbox) =>
	PROVIDERS[name].posts.map(([kind, fields]) => ({
		kind,
		fields,
		body: () =>
			sandbox().simulators.get(name)!.fire!({ kind, url: 'http://127.0.0.1:9/', fields }).body,
	}));

/** The events that a provider's trigger reads in a body. */
export function eventsIn(name: ProviderName, text: string): PostbackEvent[] {
	const { read } = PROVIDERS[name].provider.postbacks;
	const postback = { text, contentType: '', headers: {} };
	return readEvents({ provider: name, read }, postback, new Date().toISOString());
}

/** Runs a provider's node against a sandbox, with the credentials of that. */
export async function runProvider(
	provider: ProviderName,
	sandbox: Sandbox,
	parameters: INodeParameters,
	more: Partial<RunOptions> = {},
): Promise<RunResult> {
	const { node, credentials } = PROVIDERS[provider];
	return await runNode({ node, parameters, credentials: credentials(sandbox.url), ...more });
}

/** The input item of a row. */
export function inputOf({ file }: OperationRow): INodeExecutionData[] {
	if (!file) return [{ json: {} }];
	const data = Buffer.from(file.content).toString('base64');
	return [{ json: {}, binary: { file: { data, mimeType: file.mimeType, fileName: file.name } } }];
}

/** Readies the sandbox for a row. @returns all parameters that the row is to run with */
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
