/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdyne } from '../../nodes/Cdyne/provider';
import { namirial } from '../../nodes/Namirial/provider';
import { skycore } from '../../nodes/Skycore/provider';
import { wooxy } from '../../nodes/Wooxy/provider';

/** The table of what each provider can do names operations that are there, and all that send. */

const PROVIDERS = { CDYNE: cdyne, Namirial: namirial, Wooxy: wooxy, Skycore: skycore };
const table = readFileSync(join(__dirname, '../../docs/capabilities.md'), 'utf8')
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.map((line) => line.split('|').map((cell) => cell.trim()));

it.each(Object.entries(PROVIDERS))('%s', (name, { operations }) => {
	const column = table[0].indexOf(name);
	const cells = table.map((row) => row[column]).join(' ');
	const named = new Set([...cells.matchAll(/`(\w+)`/g)].map(([, operation]) => operation));
	const there = new Set(operations.map(({ operation }) => operation));
	expect([...named].filter((operation) => !there.has(operation))).toEqual([]);
	const sends = [...there].filter((operation) => operation.startsWith('send'));
	expect(sends.filter((operation) => !named.has(operation))).toEqual([]);
});
