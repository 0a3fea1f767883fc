import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** Rows of bad input, in the tables of the providers. */

export interface BadRow {
	/** The row of the table of operations whose parameters are good. */
	row: string;
	what: string;
	/** What makes the item bad, among its parameters. */
	bad: INodeParameters;
	/** Switches of the sandbox that it takes. */
	settings?: IDataObject;
	/** The error of the item, without its number; undefined where it is no error. */
	error?: string;
	/** What comes out in place of an error: one item like this, or none. */
	output?: IDataObject[];
	/** The provider has to be asked to find out. */
	asks?: boolean;
}

type Case = [what: string, bad: INodeParameters, error: string, more?: Partial<BadRow>];

export const of = (row: string, cases: Case[]): BadRow[] =>
	cases.map(([what, bad, error, more]) => ({ row, what, bad, error, ...more }));

export const asks = { asks: true };
export const notFound = (errorMessage: string) => ({
	error: undefined,
	output: [{ found: false, status: 'unknown', isFinal: false, errorMessage }],
	...asks,
});
export const nothing = { error: undefined, output: [], ...asks };

export const PAST = { scheduledAt: '2020-01-01T00:00:00Z' };
export const PASSED = 'Scheduled At 2020-01-01T00:00:00.000Z has passed';
export const NO_NUMBER = '"12" cannot be a phone number';
export const EMPTY = 'The message is empty';
export const UUID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
export const OBJECT_ID = '64f000000000000000000002';
