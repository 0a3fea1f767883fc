import { routesOutputs } from '../../nodes/shared/host';

/** The engine that is loaded decides, whatever copy of n8n-workflow lies beside the package. */

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

describe('whether the host routes outputs after a wait', () => {
	it.each([
		['an engine that does', { [FILE]: NEW }, '1.100.0', true],
		['one that does not', { [FILE]: OLD }, '2.41.0', false],
		['one of a layout of its own', { [FILE]: { exports: {} } }, '2.41.0', false],
		['one that is still being loaded', { [FILE]: undefined }, '2.41.0', false],
		[
			'one in a store of packages',
			{ [FILE.replace('n8n-core', '.pnpm/n8n-core@2.41.1_x/node_modules/n8n-core')]: NEW },
			'1.0.0',
			true,
		],
		['one on Windows', { [FILE.replaceAll('/', '\\')]: OLD }, '2.41.0', false],
		['one of an older layout', { '/n8n-core/dist/WorkflowExecute.js': OLD }, '2.41.0', false],
		['two that differ', { [FILE]: NEW, [`/other${FILE}`]: OLD }, '2.41.0', false],
	])('%s: not the version beside', (_, modules, version, expected) => {
		expect(routesOutputs(modules, version)).toBe(expected);
	});

	it.each([
		['2.41.0', true],
		['2.39.0', true],
		['3.0.0', true],
		['2.38.7', false],
		['1.123.81', false],
		['unknown', false],
	])('without an engine, where nothing can run, version %s says %s', (version, expected) => {
		expect(routesOutputs({}, version)).toBe(expected);
		expect(routesOutputs({ '/somewhere/else.js': NEW }, version)).toBe(expected);
	});

	it('the engine of this project does', () => {
		jest.requireActual('n8n-core');
		expect(routesOutputs(require.cache, '1.0.0')).toBe(true);
	});
});
