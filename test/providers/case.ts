import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	IDataObject,
	INodeCredentialTestResult,
	INodeParameters,
	INodeType,
} from 'n8n-workflow';
import type { Connection } from '../../nodes/shared/operation';
import type { Provider } from '../../nodes/shared/provider';
import type { BadRow } from '../engine/operations/badInput';
import type { OperationRow } from '../engine/operations/row';
import type { Fuzzed } from '../fuzz/fuzzed';

/** What the tests that all providers meet need to know of one. */
export interface ProviderCase {
	/** As docs/capabilities.md calls it. */
	title: string;
	node: INodeType;
	trigger: INodeType;
	/** The credential that the trigger takes its token from. */
	tokenOf: string;
	/** What the trigger needs to be told beside its events. */
	triggerParameters?: INodeParameters;
	provider: Provider<Connection>;
	/** Every operation but those that wait. */
	operations: OperationRow[];
	/** Every operation that sends, those that wait as well; the first is a plain text to one number. */
	sends: Send[];
	/** Ids and the like that are too long, in place of what an operation takes. */
	tooLong: INodeParameters[];
	/** Operations that wait, with the words that say for what. */
	waits: Array<[what: string, parameters: INodeParameters]>;
	/** What the sandbox posts, by kind, so that each field of its events is in one of them. */
	posts: Array<[kind: string, fields?: Record<string, string | null>]>;
	/** Fields that only some events have. */
	sometimes: string[];
	/** Values that no credential of the provider may have, and what the test of it says then. */
	wrongCredentials: Array<[type: string, values: IDataObject, says: RegExp]>;
	badInputs: BadRow[];
	fuzzed: Fuzzed;
}

export interface Send {
	parameters: INodeParameters;
	/** What the message is, beside what all of them are. */
	is: IDataObject;
	/** Takes notOnRetry. */
	once?: boolean;
}

/** The test of a credential, as n8n calls it. */
export type CredentialTest = (
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
) => Promise<INodeCredentialTestResult>;

/** Tests of credentials, by the credential's type. */
export function testsOf({ node }: Pick<ProviderCase, 'node'>): Record<string, CredentialTest> {
	const { credentials = [] } = node.description;
	const methods = (node.methods?.credentialTest ?? {}) as Record<string, CredentialTest>;
	return Object.fromEntries(
		credentials.map(({ name, testedBy }) => [name, methods[String(testedBy)]]),
	);
}
