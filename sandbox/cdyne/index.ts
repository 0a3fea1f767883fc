import type { Core, Simulator } from '../simulator';

/** CDYNE SMS Notify! after providers/cdyne.md. */
export function createCdyne(_core: Core): Simulator {
	return {
		name: 'cdyne',
		title: 'CDYNE SMS Notify!',
		settings: {},
		take: () => ({ operation: 'unknown', recipients: [], answer: () => ({ status: 404 }) }),
		reset() {},
	};
}
