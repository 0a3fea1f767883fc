/** The credentials with which n8n uses the sandbox instead of the providers. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sandbox = dirname(dirname(fileURLToPath(import.meta.url)));

/** The credentials.json of each simulator, in which `{sandbox}` is the sandbox's address. */
const templates = readdirSync(sandbox)
	.map((folder) => join(sandbox, folder, 'credentials.json'))
	.filter((file) => existsSync(file))
	.map((file) => readFileSync(file, 'utf8'));

/**
 * @param {string} sandboxUrl without a slash at the end
 * @returns {{ type: string, name: string, data: Record<string, string> }[]}
 */
export const sandboxCredentials = (sandboxUrl) =>
	templates.flatMap((template) => JSON.parse(template.replaceAll('{sandbox}', sandboxUrl)));

/**
 * Returns the values of a credential.
 *
 * @param {string} sandboxUrl without a slash at the end
 * @param {string} type
 * @returns {Record<string, string>}
 */
export function credentialOf(sandboxUrl, type) {
	const found = sandboxCredentials(sandboxUrl).find((credential) => credential.type === type);
	if (!found) throw new Error(`The sandbox has no credential ${type}`);
	return found.data;
}
