/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as providers from './engine/tables/providers';

/** docs/capabilities.md names only operations that exist, and every operation that sends. */

const PROVIDERS = Object.values(providers).map(({ title, provider }) => [title, provider] as const);
const table = readFileSync(join(__dirname, '../docs/capabilities.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map((line) => line.split('|').map((cell) => cell.trim()));

it.each(PROVIDERS)('%s', (name, { operations }) => {
	const column = table[0].indexOf(name);
	expect(column).toBeGreaterThan(0);
	const cells = table.map((row) => row[column]).join(' ');
	const named = new Set([...cells.matchAll(/`(\w+)`/g)].map(([, operation]) => operation));
	const existing = new Set(operations.map(({ operation }) => operation));
	expect([...named].filter((operation) => !existing.has(operation))).toEqual([]);
	const sends = [...existing].filter((operation) => operation.startsWith('send'));
	expect(sends.filter((operation) => !named.has(operation))).toEqual([]);
});
