/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { reference } from '../scripts/reference.cjs';

const page = readFileSync(join(__dirname, '../docs/reference.md'), 'utf8');

it('docs/reference.md matches the nodes; npm run reference writes it', async () => {
	expect(page).toBe(await reference());
});
