import type { ProviderResponse } from '../simulator';
import { json } from './responses';
import type { NamirialSettings } from './settings';

/**
 * Returns the response to both checkServiceStatus calls: docs/providers/namirial.md section 3. The
 * HTTP status is 200 even if the service is not healthy.
 */
export function health({ healthy, healthError }: NamirialSettings): ProviderResponse {
	return json(200, {
		globalStatus: healthy,
		dbStatus: healthy,
		servicesStatus: true,
		errorMessage: healthy ? '' : healthError,
		versionNumber: '27.1.0.2',
	});
}
