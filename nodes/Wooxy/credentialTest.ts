import type { IDataObject } from 'n8n-workflow';
import { credentialTest } from '../shared/credentials/credentialTest';
import { throwFailure } from '../shared/errors/failure';
import { getAccount } from './api/account';
import { type Api, connectWith } from './api/connection';

/** Reads the account's name and balance (docs/providers/wooxy.md 4.6), which changes nothing. */
async function readAccount(api: Api): Promise<string> {
	const { raw } = await getAccount(api);
	if (Object.keys(raw as IDataObject).some((name) => name.startsWith('account')))
		return 'Wooxy knows this access token';
	return throwFailure({
		kind: 'malformed',
		message: 'Expected a Wooxy account, got a response without its name and balance',
		description: 'Check the Base URL in the credential, and any proxy in between.',
	});
}

export const wooxyApiTest = credentialTest(connectWith, readAccount);
