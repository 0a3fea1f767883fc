import type { IDataObject } from 'n8n-workflow';
import { credentialTest } from '../shared/credentialTest';
import { fail } from '../shared/errors';
import { getAccount } from './api/account';
import { connectWith } from './api/connection';
import type { Api } from './api/connection';

/** Reads the name and balance of the account (docs/providers/wooxy.md 4.6), which changes nothing. A bad key may be answered with HTTP 200. */
async function readAccount(api: Api): Promise<string> {
	const { raw } = await getAccount(api);
	if (Object.keys(raw as IDataObject).some((name) => name.startsWith('account')))
		return 'Wooxy knows this access token';
	return fail({
		kind: 'malformed',
		message: 'The answer has nothing of an account of Wooxy in it',
		description: 'Check the Base URL in the credential, and any proxy in between.',
	});
}

export const wooxyApiTest = credentialTest(connectWith, readAccount);
