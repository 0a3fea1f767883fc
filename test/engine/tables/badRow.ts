import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** The rows of the providers' tables of bad input. */

export interface BadRow {
	/** The name of the row in the table of operations that has the valid parameters. */
	row: string;
	/** What is wrong with the item. */
	problem: string;
	/** The parameters that make the item bad. */
	bad: INodeParameters;
	/** The settings that the sandbox needs. */
	settings?: IDataObject;
	/** The error of the item, without its number; undefined if it is not an error. */
	error?: string;
	/** The output instead of an error: one item like this, or none. */
	output?: IDataObject[];
	/** Only a request to the provider shows that the item is bad. */
	makesRequests?: boolean;
	/** The provider's words are on no list, so something may have been accepted. */
	isUnlisted?: boolean;
}

type Case = [problem: string, bad: INodeParameters, error: string, more?: Partial<BadRow>];

export const badRows = (row: string, cases: Case[]): BadRow[] =>
	cases.map(([problem, bad, error, more]) => ({ row, problem, bad, error, ...more }));

export const makesRequests = { makesRequests: true };
export const notFound = (errorMessage: string) => ({
	error: undefined,
	output: [{ found: false, status: 'unknown', isFinal: false, errorMessage }],
	...makesRequests,
});
export const noOutput = { error: undefined, output: [], ...makesRequests };

export const PAST = { scheduledAt: '2020-01-01T00:00:00Z' };
export const TIME_HAS_PASSED = 'Scheduled At 2020-01-01T00:00:00.000Z has passed';
export const IMPOSSIBLE_NUMBER = '"12" cannot be a phone number';
export const EMPTY_MESSAGE = 'The message is empty';
export const UUID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
export const OBJECT_ID = '64f000000000000000000002';
