import { version as workflowVersion } from 'n8n-workflow/package.json';

/**
 * What the n8n that runs these nodes can do. npm may have installed another version of n8n-workflow
 * beside this package, so the engine itself is inspected. n8n loads it before any node.
 */

/** The file of n8n's engine, in current and in older layouts. */
const ENGINE_FILE =
	/[\\/]n8n-core[\\/]dist[\\/](?:[\w-]+[\\/])*(?:workflow-execute|WorkflowExecute)\.js$/;

/** A name that occurs only in engines that route the outputs of a node after a wait. */
const ROUTING_PARAMETER = 'forwardAllOutputs';

interface Engine {
	WorkflowExecute?: { prototype: object };
}

function canRoute(engine: Engine | undefined): boolean {
	const members = Object.getOwnPropertyDescriptors(engine?.WorkflowExecute?.prototype ?? {});
	return Object.values(members).some(({ value }) => String(value).includes(ROUTING_PARAMETER));
}

/**
 * Whether n8n passes on more than the first output of a node after it waited. If no engine is
 * loaded, descriptions are read but nothing can run; then the version of n8n-workflow decides.
 *
 * @param modules the loaded modules, by file
 * @param version of n8n-workflow
 */
export function routesOutputs(
	modules: Readonly<Record<string, { exports?: unknown } | undefined>>,
	version: string,
): boolean {
	const files = Object.keys(modules).filter((file) => ENGINE_FILE.test(file));
	const engines = files.map((file) => modules[file]?.exports as Engine | undefined);
	// if there are several, all must be able to: a single output is better than a wrong one
	if (engines.length > 0) return engines.every(canRoute);
	// the first engine with the parameter belongs to n8n-workflow 2.39
	const [major, minor] = version.split('.').map(Number);
	return major > 2 || (major === 2 && minor >= 39);
}

export const HOST_ROUTES_OUTPUTS = routesOutputs(require.cache, workflowVersion);
