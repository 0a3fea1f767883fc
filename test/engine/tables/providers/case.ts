import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import type { Connection } from '../../../../nodes/shared/provider/operation';
import type { Provider } from '../../../../nodes/shared/provider/provider';
import type { Fuzzed } from '../../harness/fuzzed';
import type { BadRow } from '../badRow';
import type { OperationRow } from '../operationRow';

/** Everything about a provider that the tests for all providers need. */
export interface ProviderCase {
	/** The name in docs/capabilities.md. */
	title: string;
	node: INodeType;
	trigger: INodeType;
	/** The type of the credential that contains the postback token. */
	tokenCredential: string;
	/** The parameters that the trigger needs besides its events. */
	triggerParameters?: INodeParameters;
	provider: Provider<Connection>;
	/** Every operation except those that wait. */
	operations: OperationRow[];
	/** Every operation that sends, including those that wait. The first sends a text to one number. */
	sends: Send[];
	/** Parameters of operations with an ID or a similar value that is too long. */
	tooLong: INodeParameters[];
	/** Operations that wait, with what each of them waits for. */
	waits: Array<[awaited: string, parameters: INodeParameters]>;
	/** Kinds of postbacks that together contain each field of the events. */
	postbackKinds: Array<[kind: string, fields?: Record<string, string | null>]>;
	/** Fields that only some events have. */
	optionalFields: string[];
	/** Invalid values of credentials, and the message of the credential test. */
	wrongCredentials: Array<[type: string, values: IDataObject, message: RegExp]>;
	badInputs: BadRow[];
	fuzzed: Fuzzed;
}

export interface Send {
	parameters: INodeParameters;
	/** The fields of the message that differ between operations. */
	output: IDataObject;
	/** Has the option Send Only in the First Run. */
	hasNotOnRetry?: boolean;
}

/** A credential test, as n8n calls it. */
export type CredentialTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
) => Promise<INodeCredentialTestResult>;

/** The credential tests of a node, by credential type. */
export function testsOf({ node }: Pick<ProviderCase, 'node'>): Record<string, CredentialTest> {
	const { credentials = [] } = node.description;
	const methods = (node.methods?.credentialTest ?? {}) as Record<string, CredentialTest>;
	return Object.fromEntries(
		credentials.map(({ name, testedBy }) => [name, methods[String(testedBy)]]),
	);
}
