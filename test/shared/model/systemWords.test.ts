/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemWordOf } from '../../../nodes/shared/model/systemWords';

/** Texts on which a provider or a network acts itself. */

it.each([
	['STOP', 'stop'],
	['stop', 'stop'],
	[' Stop. ', 'stop'],
	['STOP ALL', 'stop'],
	['Arrêt', 'stop'],
	['unsubscribe!', 'stop'],
	['"END"', 'stop'],
	['ＳＴＯＰ', 'stop'],
	['HELP', 'help'],
	['Help?', 'help'],
	['aide', 'help'],
	['START', 'start'],
	['Unstop', 'start'],
	['RESUME', 'start'],
	['YES', null],
	['Please stop texting me', null],
	['stopped', null],
	['constructor', null],
	['', null],
	[null, null],
])('%j is %j', (text, expected) => {
	expect(systemWordOf(text)).toBe(expected);
});

it('the page lists the words', () => {
	const page = readFileSync(join(__dirname, '../../../docs/conversations.md'), 'utf8');
	const rows = [...page.matchAll(/^\| `(stop|help|start)` \| (.+) \|$/gm)];
	const words = rows.flatMap(([, kind, list]) => list.split(', ').map((word) => [word, kind]));
	expect(words.length).toBeGreaterThan(15);
	expect(words.map(([word]) => [word, systemWordOf(word)])).toEqual(words);
});
