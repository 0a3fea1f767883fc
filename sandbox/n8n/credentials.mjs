/** What n8n needs to know to talk to the sandbox instead of the providers. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sandbox = dirname(dirname(fileURLToPath(import.meta.url)));

/** Those that stand beside each simulator, with `{sandbox}` for its address. */
const texts = readdirSync(sandbox)
	.map((folder) => join(sandbox, folder, 'credentials.json'))
	.filter((file) => existsSync(file))
	.map((file) => readFileSync(file, 'utf8'));

/**
 * @param {string} sandboxUrl without a slash at the end
 * @returns {{ type: string, name: string, data: Record<string, string> }[]}
 */
export const sandboxCredentials = (sandboxUrl) =>
	texts.flatMap((text) => JSON.parse(text.replaceAll('{sandbox}', sandboxUrl)));

/**
 * The values of one of them.
 *
 * @param {string} sandboxUrl without a slash at the end
 * @param {string} type
 * @returns {Record<string, string>}
 */
export function credentialOf(sandboxUrl, type) {
	const found = sandboxCredentials(sandboxUrl).find((one) => one.type === type);
	if (!found) throw new Error(`The sandbox has no credential ${type}`);
	return found.data;
}
