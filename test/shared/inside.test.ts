import { inside } from '../../nodes/shared/inside';

/** What is in a context beside its interface. */

it('is the context itself', () => {
	const context = {};
	expect(inside(context)).toBe(context);
});
