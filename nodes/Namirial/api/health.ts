import { throwFailure } from '../../shared/errors/failure';
import { textOrNull } from '../../shared/formats/values';
import { unexpectedResponse } from '../../shared/http/response';
import { FLAG, FLAG_OR_NULL, TEXT, TEXT_OR_NULL } from '../../shared/model/schema';
import { objectOf } from '../wire';
import { type Api, gatewayOf } from './connection';
import { refusalIn, throwLoginRejected } from './refusals';

export const healthSchema = {
	provider: TEXT,
	healthy: FLAG,
	database: FLAG_OR_NULL,
	services: FLAG_OR_NULL,
	errorMessage: TEXT_OR_NULL,
	version: TEXT_OR_NULL,
};

/** POST checkServiceStatus of the Services or the Admin part (docs/providers/namirial.md 3). */
export async function getHealth(api: Api, part: 'Services' | 'Admin') {
	const { root, headers } = gatewayOf(api);
	const url = `${root}/${part}/checkServiceStatus`;
	const expected = 'Namirial’s service status';
	const request = { kind: 'repeatable', method: 'POST', url, headers } as const;
	return await api.http.request(request, (response) => {
		const refusal = refusalIn(response);
		if (refusal?.code === 63 || response.status === 401 || response.status === 403) {
			const detail = part === 'Admin' ? ' That service is for administrators only.' : '';
			throwLoginRejected(response.status, detail);
		}
		const raw = objectOf(response, expected);
		const flag = (value: unknown) => (typeof value === 'boolean' ? value : null);
		return {
			// INFERRED (3): HTTP 200 alone does not mean that the service works
			healthy: flag(raw.globalStatus) ?? throwFailure(unexpectedResponse(response, expected)),
			database: flag(raw.dbStatus),
			services: flag(raw.servicesStatus),
			errorMessage: textOrNull(raw.errorMessage),
			version: textOrNull(raw.versionNumber),
			raw,
		};
	});
}
