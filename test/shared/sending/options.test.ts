import { requireReference } from '../../../nodes/shared/sending/options';
import { itemWith } from '../../engine/harness/contexts';

/** What the options about sending once need. */

const itemThat = (skips: boolean) => itemWith({ options: { skipIfReferenceExists: skips } });

it.each<[boolean, boolean]>([
	[true, true],
	[false, false],
	[false, true],
])('Skip If Reference Exists = %s with a reference = %s can be had', (skips, hasReference) => {
	expect(() => requireReference(itemThat(skips), hasReference)).not.toThrow();
});

it('Skip If Reference Exists without a reference is an error', () => {
	expect(() => requireReference(itemThat(true), false)).toThrow(
		expect.objectContaining({
			kind: 'rejected',
			message: 'Skip If Reference Exists is on, but the message has no reference',
			nothingAccepted: true,
		}),
	);
});
