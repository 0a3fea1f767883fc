import type { IDataObject } from 'n8n-workflow';
import { unreadable } from '../../shared/answer';
import { fail } from '../../shared/errors';
import { FLAG, FLAG_OR_NULL, TEXT, TEXT_OR_NULL } from '../../shared/schema';
import { text } from '../../shared/values';
import { objectOf } from '../wire';
import { gatewayOf } from './connection';
import type { Api } from './connection';
import { refusalIn, refuseLogin } from './refusals';

export const healthShape = {
	provider: TEXT,
	healthy: FLAG,
	database: FLAG_OR_NULL,
	services: FLAG_OR_NULL,
	errorMessage: TEXT_OR_NULL,
	version: TEXT_OR_NULL,
};

interface Health {
	/** Whether the service can be used: HTTP 200 alone does not say so (3). */
	healthy: boolean;
	database: boolean | null;
	services: boolean | null;
	errorMessage: string | null;
	version: string | null;
	raw: IDataObject;
}

/** POST checkServiceStatus of the Services or the Admin part; it has no body (3). */
export async function getHealth(api: Api, part: 'Services' | 'Admin'): Promise<Health> {
	const { root, headers } = gatewayOf(api);
	const url = `${root}/${part}/checkServiceStatus`;
	const expected = 'Namirial’s service status';
	return await api.http.request({ kind: 'repeatable', method: 'POST', url, headers }, (answer) => {
		const refusal = refusalIn(answer);
		if (refusal?.code === 63 || answer.status === 401 || answer.status === 403) {
			refuseLogin(
				answer.status,
				part === 'Admin' ? ' That service takes administrators only.' : '',
			);
		}
		const raw = objectOf(answer, expected);
		const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
		return {
			healthy: flag(raw.globalStatus) ?? fail(unreadable(answer, expected)),
			database: flag(raw.dbStatus),
			services: flag(raw.servicesStatus),
			errorMessage: text(raw.errorMessage),
			version: text(raw.versionNumber),
			raw,
		};
	});
}
