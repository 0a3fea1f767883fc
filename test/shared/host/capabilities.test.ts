import { routesOutputs } from '../../../nodes/shared/host/capabilities';

const moduleOf = (WorkflowExecute: unknown) => ({ exports: { WorkflowExecute } });
const NEW = moduleOf(
	class {
		handleDisabledNode(data: unknown, forwardAllOutputs = false) {
			return forwardAllOutputs ? data : undefined;
		}
	},
);
const OLD = moduleOf(
	class {
		handleDisabledNode(data: unknown) {
			return data;
		}
	},
);
const FILE =
	'/usr/lib/node_modules/n8n/node_modules/n8n-core/dist/execution-engine/workflow-execute.js';

describe('whether n8n routes outputs after a wait', () => {
	it.each([
		['an engine that routes', { [FILE]: NEW }, '1.100.0', true],
		['an engine that does not', { [FILE]: OLD }, '2.41.0', false],
		['an engine with other exports', { [FILE]: { exports: {} } }, '2.41.0', false],
		['an engine that is still loading', { [FILE]: undefined }, '2.41.0', false],
		[
			'an engine in a pnpm store',
			{ [FILE.replace('n8n-core', '.pnpm/n8n-core@2.41.1_x/node_modules/n8n-core')]: NEW },
			'1.0.0',
			true,
		],
		['an engine on Windows', { [FILE.replaceAll('/', '\\')]: OLD }, '2.41.0', false],
		['an engine in an older layout', { '/n8n-core/dist/WorkflowExecute.js': OLD }, '2.41.0', false],
		['two engines that differ', { [FILE]: NEW, [`/other${FILE}`]: OLD }, '2.41.0', false],
	])('is decided by %s, not by the version of n8n-workflow', (_, modules, version, expected) => {
		expect(routesOutputs(modules, version)).toBe(expected);
	});

	it.each([
		['2.41.0', true],
		['2.39.0', true],
		['3.0.0', true],
		['2.38.7', false],
		['1.123.81', false],
		['unknown', false],
	])('without an engine, is decided by version %s: %s', (version, expected) => {
		expect(routesOutputs({}, version)).toBe(expected);
		expect(routesOutputs({ '/somewhere/else.js': NEW }, version)).toBe(expected);
	});

	it('is detected in the installed engine', () => {
		jest.requireActual('n8n-core');
		expect(routesOutputs(require.cache, '1.0.0')).toBe(true);
	});
});
