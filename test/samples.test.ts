/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type { IDataObject } from 'n8n-workflow';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSandbox } from '../sandbox';
import type { Sandbox } from '../sandbox';
import {
	eventsIn,
	postbacksOf,
	PROVIDER_NAMES,
	PROVIDERS,
	runProvider,
} from './engine/tables/operations';
import type { ProviderName } from './engine/tables/operations';

/** docs/samples.md: output items of the nodes for responses and postbacks of the sandbox. */

const PAGE = join(__dirname, '../docs/samples.md');
const OPTED_OUT = '+1 757 555 0164';

let sandbox: Sandbox;
beforeAll(async () => (sandbox = await startSandbox({ port: 0 })));
afterAll(async () => await sandbox.close());

/** An item as JSON, with ids and times replaced so that it is the same in every run. */
function stableJson(item: object): string {
	const text = JSON.stringify(
		{ ...item, ...('raw' in item && { raw: { '…': 'the received data' } }) },
		null,
		2,
	);
	const ids = new Map<string, string>();
	return text
		.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
			const stableId = ids.get(id) ?? `0b9d2a5e-0000-4000-8000-00000000000${ids.size + 1}`;
			ids.set(id, stableId);
			return stableId;
		})
		.replace(/"[0-9a-f]{24}"/g, '"64f000000000000000000001"')
		.replace(/"[A-Za-z]{6}-[A-Za-z]{4}-[A-Za-z]{3}"/g, '"DrXAFP-Ylpc-JZL"')
		.replace(/"eventId": "[0-9a-f]+"/, '"eventId": "5f0c6e2d9a4b4d7f8e1a2b3c4d5e6f70"')
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-03-01T10:00:07.000Z');
}

const sample = (title: string, item: object) =>
	`### ${title}\n\n\`\`\`json\n${stableJson(item)}\n\`\`\`\n`;

/** One event of each kind that a provider posts. */
function eventsOf(name: ProviderName): string[] {
	const bodies = postbacksOf(name, () => sandbox).map(({ body }) => body());
	const events = [...bodies, 'an unreadable body'].flatMap((text) => eventsIn(name, text));
	const first = new Map(events.reverse().map((event) => [event.event, event]));
	return [...first].reverse().map(([event, item]) => sample(`\`${event}\``, item));
}

async function messageOf(name: ProviderName): Promise<string> {
	const [{ parameters }] = PROVIDERS[name].sends;
	const { outputs } = await runProvider(name, sandbox, parameters);
	return sample('An accepted message', outputs[0][0].json);
}

const onErrorOutput = { settings: { onError: 'continueErrorOutput' as const } };

async function errorOf(parameters: IDataObject): Promise<object> {
	const text = { resource: 'message', operation: 'send', message: 'Hi', ...parameters };
	const items = [{ customer: 'Anna' }];
	const { outputs } = await runProvider('cdyne', sandbox, text as never, {
		...onErrorOutput,
		items,
	});
	return outputs.flat()[0].json;
}

it('docs/samples.md matches the output of the nodes; npm run samples writes it', async () => {
	const parts = [
		'# Samples\n',
		'Output items of the nodes, with *Simplify* on. `npm run samples` writes this page from responses and postbacks of the sandbox; a test fails when it is out of date. Ids and times are placeholders.\n',
	];
	for (const name of PROVIDER_NAMES) {
		parts.push(
			`## ${PROVIDERS[name].node.description.displayName}\n`,
			await messageOf(name),
			...eventsOf(name),
		);
	}
	parts.push(
		'## Errors\n',
		'On the error output of *On Error: Continue (using error output)*, with the fields of the input item (here `customer`).\n',
		sample('The provider rejects the message', await errorOf({ to: OPTED_OUT })),
		sample('The input is invalid', await errorOf({ to: '12' })),
	);
	const page = parts.join('\n');
	if (process.env.WRITE_PAGES) writeFileSync(PAGE, page);
	expect(readFileSync(PAGE, 'utf8')).toBe(page);
});
