import { version as versionBeside } from 'n8n-workflow/package.json';

/**
 * What the n8n that runs these nodes can do. A copy of n8n-workflow that npm put beside this package
 * says nothing about it, so the engine itself is looked at, which n8n has loaded before any node.
 */

/** The file of n8n's engine, among the modules of this process. */
const ENGINE =
	/[\\/]n8n-core[\\/]dist[\\/](?:[\w-]+[\\/])*(?:workflow-execute|WorkflowExecute)\.js$/;

/** By this name the engine knows that a node chose among its outputs while it parked. */
const ROUTING = 'forwardAllOutputs';

/** From this version on it does. */
const FIRST_ROUTING = [2, 39];

interface Engine {
	WorkflowExecute?: { prototype: object };
}

function routes({ WorkflowExecute }: Engine): boolean {
	const members = Object.getOwnPropertyDescriptors(WorkflowExecute?.prototype ?? {});
	return Object.values(members).some(({ value }) => String(value).includes(ROUTING));
}

/**
 * Whether n8n passes on more than the first output of a node after it waited. Where no engine is
 * loaded nothing can run, and the version of n8n-workflow answers for descriptions that are read.
 *
 * @param modules the loaded ones, by file
 */
export function routesOutputs(
	modules: Readonly<Record<string, { exports?: unknown } | undefined>>,
	version: string,
): boolean {
	const files = Object.keys(modules).filter((file) => ENGINE.test(file));
	const engines = files.map((file) => modules[file]?.exports as Engine | undefined);
	// of several, one that does not is reason enough: one output is better than a wrong one
	if (engines.length > 0) return engines.every((engine) => engine !== undefined && routes(engine));
	return isAtLeast(version, FIRST_ROUTING);
}

/** Whether a version such as `2.41.0` is at least a given major and minor one. */
function isAtLeast(version: string, [major, minor]: number[]): boolean {
	const [itsMajor, itsMinor] = version.split('.').map(Number);
	return itsMajor > major || (itsMajor === major && itsMinor >= minor);
}

export const HOST_ROUTES_OUTPUTS = routesOutputs(require.cache, versionBeside);
