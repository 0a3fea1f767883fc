/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test, not a node */
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox';
import { HOST_ROUTES, startN8n, type N8n, type Run } from './instance';
import { cdyne } from './workflow';

const HANDSET = '17575550142';
const UNDELIVERED = '17575550161';

/** Installs another version of n8n's library, as npm does without the flags of the README. */
const copyOf = (version: string) => async (packages: string) => {
	const folder = join(packages, 'n8n-workflow');
	await mkdir(folder);
	const library = { name: 'n8n-workflow', version, main: 'index.js' };
	await writeFile(join(folder, 'package.json'), JSON.stringify(library));
	const real = dirname(require.resolve('n8n-workflow/package.json'));
	const { main } = JSON.parse(await readFile(join(real, 'package.json'), 'utf8')) as {
		main: string;
	};
	const mark = "require('fs').writeFileSync(__dirname + '/loaded', '');";
	const code = `${mark} module.exports = require(${JSON.stringify(join(real, main))});`;
	await writeFile(join(folder, 'index.js'), code);
};

/** A version that differs from this host in whether it passes on all outputs after a wait. */
const OTHER = HOST_ROUTES ? '1.0.0' : '99.0.0';

describe(`With n8n-workflow ${OTHER} next to the package`, () => {
	let sandbox: Sandbox;
	let n8n: N8n;
	beforeAll(async () => {
		sandbox = await startSandbox({ port: 0, pace: { sent: 900, carrier: 300, delivered: 300 } });
		n8n = await startN8n({ sandbox, prepare: copyOf(OTHER) });
	});
	afterAll(async () => {
		await n8n?.stop();
		await sandbox?.close();
	});

	it('the nodes load that version', async () => {
		expect(await readdir(join(n8n.folder, '.n8n/nodes/node_modules/n8n-workflow'))).toContain(
			'loaded',
		);
	});

	const outputsOf = (run: Run) => [0, 1, 2, 3].map((output) => run.json('SMS', output).length);

	it.each([
		['delivered', HANDSET, 0],
		['undelivered', UNDELIVERED, 1],
	])('a message that is %s is output by its status', async (status, to, output) => {
		const run = await n8n.run([cdyne('SMS', 'sendAndWaitForDelivery')], [{ to }]);
		expect(run.error).toBeUndefined();
		const expected = HOST_ROUTES ? output : 0;
		expect(run.json('SMS', expected)).toMatchObject([{ to: `+${to}`, status }]);
		expect(outputsOf(run)).toEqual([0, 1, 2, 3].map((index) => (index === expected ? 1 : 0)));
	});

	it('an error is output on the error output, and stops the workflow if that is off', async () => {
		const onError = { onError: 'continueErrorOutput' };
		const run = await n8n.run([cdyne('SMS', 'send', {}, onError)], [{ to: HANDSET }, { to: '12' }]);
		expect(outputsOf(run)).toEqual([1, 1, 0, 0]);
		expect(run.json('SMS', 1)).toMatchObject([{ details: { nothingSent: true } }]);
		const stopped = await n8n.run([cdyne('SMS', 'send')], [{ to: '12' }]);
		expect(stopped.error?.message).toContain('"12" cannot be a phone number');
	});
});
