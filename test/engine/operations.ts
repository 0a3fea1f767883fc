import type {
	ICredentialDataDecryptedObject,
	INodeExecutionData,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import { Cdyne } from '../../nodes/Cdyne/Cdyne.node';
import { cdyne } from '../../nodes/Cdyne/provider';
import { NamirialSms } from '../../nodes/Namirial/NamirialSms.node';
import { namirial } from '../../nodes/Namirial/provider';
import type { Connection } from '../../nodes/shared/operation';
import type { Provider } from '../../nodes/shared/provider';
import type { Shape } from '../../nodes/shared/schema';
import { skycore } from '../../nodes/Skycore/provider';
import { Skycore } from '../../nodes/Skycore/Skycore.node';
import { wooxy } from '../../nodes/Wooxy/provider';
import { Wooxy } from '../../nodes/Wooxy/Wooxy.node';
import type { Sandbox } from '../../sandbox';
import { GOOD_STANDING } from '../../sandbox/cdyne/settings';
import { PASSWORD, STATUS_KEY, USERNAME } from '../../sandbox/namirial/settings';
import { ACCOUNT_KEY } from '../../sandbox/skycore/settings';
import { GOOD_TOKEN } from '../../sandbox/wooxy/settings';
import { runNode, type RunOptions, type RunResult } from './engine';
import { cdyneRows } from './operations/cdyne';
import { namirialRows } from './operations/namirial';
import type { OperationRow, ProviderName, Stage } from './operations/row';
import { skycoreRows } from './operations/skycore';
import { wooxyRows } from './operations/wooxy';

export type { OperationRow, ProviderName, Stage } from './operations/row';

/**
 * Every operation of every provider, except the ones that wait: what is asked of all of them, under
 * faults and in a real n8n, goes through this one table.
 */
export const OPERATIONS: OperationRow[] = [
	...cdyneRows,
	...namirialRows,
	...wooxyRows,
	...skycoreRows,
];

/** For the names of tests. */
export const titleOf = ({ provider, name }: Pick<OperationRow, 'provider' | 'name'>) =>
	`${provider} ${name}`;

type Credentials = Record<string, ICredentialDataDecryptedObject>;

interface ProviderRow {
	node: INodeType;
	provider: Provider<Connection>;
	/** The node's name in n8n, without the package's. */
	type: string;
	/** Those of the sandbox, by credential type. */
	credentials(sandboxUrl: string): Credentials;
	/** What must show nowhere. */
	secrets: string[];
}

const token = (provider: ProviderName) => `${provider}-postback-token-91c3`;
const basic = Buffer.from(`${USERNAME}:${PASSWORD}`).toString('base64');

export const PROVIDERS: Record<ProviderName, ProviderRow> = {
	cdyne: {
		node: new Cdyne(),
		provider: cdyne,
		type: 'cdyne',
		credentials: (url) => ({
			cdyneApi: {
				baseUrl: `${url}/cdyne/Messaging.svc`,
				licenseKey: GOOD_STANDING,
				postbackToken: token('cdyne'),
			},
		}),
		secrets: [GOOD_STANDING, token('cdyne')],
	},
	namirial: {
		node: new NamirialSms(),
		provider: namirial,
		type: 'namirialSms',
		credentials: (url) => ({
			namirialSmsGatewayApi: {
				baseUrl: `${url}/namirial/gateway`,
				username: USERNAME,
				password: PASSWORD,
				postbackToken: token('namirial'),
			},
			namirialSmsStatusApi: { baseUrl: `${url}/namirial/status/api`, apiKey: STATUS_KEY },
		}),
		secrets: [PASSWORD, basic, STATUS_KEY, token('namirial')],
	},
	wooxy: {
		node: new Wooxy(),
		provider: wooxy,
		type: 'wooxy',
		credentials: (url) => ({
			wooxyApi: {
				baseUrl: `${url}/wooxy`,
				accessToken: GOOD_TOKEN,
				postbackToken: token('wooxy'),
			},
		}),
		secrets: [GOOD_TOKEN, token('wooxy')],
	},
	skycore: {
		node: new Skycore(),
		provider: skycore,
		type: 'skycore',
		credentials: (url) => ({
			skycoreApi: {
				baseUrl: `${url}/skycore/API/wxml/1.3/index.php`,
				apiKey: ACCOUNT_KEY,
				postbackToken: token('skycore'),
			},
		}),
		secrets: [ACCOUNT_KEY, token('skycore')],
	},
};

/** What the chosen operation says that it gives. */
export function givenBy(provider: ProviderName, { resource, operation }: INodeParameters): Shape {
	const found = PROVIDERS[provider].provider.operations.find(
		(one) => one.resource === resource && one.operation === operation,
	);
	if (!found) throw new Error(`${provider} has no ${String(resource)}.${String(operation)}`);
	return found.gives;
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
