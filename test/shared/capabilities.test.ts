/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as providers from '../providers';

/** The table of what each provider can do names operations that are there, and all that send. */

const PROVIDERS = Object.values(providers).map(({ title, provider }) => [title, provider] as const);
const table = readFileSync(join(__dirname, '../../docs/capabilities.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map((line) => line.split('|').map((cell) => cell.trim()));

it.each(PROVIDERS)('%s', (name, { operations }) => {
	const column = table[0].indexOf(name);
	expect(column).toBeGreaterThan(0);
	const cells = table.map((row) => row[column]).join(' ');
	const named = new Set([...cells.matchAll(/`(\w+)`/g)].map(([, operation]) => operation));
	const there = new Set(operations.map(({ operation }) => operation));
	expect([...named].filter((operation) => !there.has(operation))).toEqual([]);
	const sends = [...there].filter((operation) => operation.startsWith('send'));
	expect(sends.filter((operation) => !named.has(operation))).toEqual([]);
});
