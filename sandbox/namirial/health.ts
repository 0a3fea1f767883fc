import type { Answer } from '../simulator';
import { json } from './answers';
import type { NamirialSettings } from './settings';

/** Both checkServiceStatus calls: docs/providers/namirial.md section 3. Bad health is HTTP 200, too. */
export function health({ healthy, healthError }: NamirialSettings): Answer {
	return json(200, {
		globalStatus: healthy,
		dbStatus: healthy,
		servicesStatus: true,
		errorMessage: healthy ? '' : healthError,
		versionNumber: '27.1.0.2',
	});
}
