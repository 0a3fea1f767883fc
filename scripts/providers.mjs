/** The providers, in their order on pages and in `npm start`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { project } from './command.mjs';

/**
 * @type {{ folder: string, name: string, title: string, service: string, package: string,
 *   example: { webhook: string, to: string } }[]}
 */
export const PROVIDERS = JSON.parse(readFileSync(join(project, 'scripts/providers.json'), 'utf8'));
