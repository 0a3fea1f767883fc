import { createBatches } from '../../../nodes/shared/http/batcher';
import type { SendPlan, Sends } from '../../../nodes/shared/provider/sendPlan';

import { dryRunOutputs } from '../../../nodes/shared/sending/dryRun';

/** Sends that note the plan instead of following it. */
export function notedSends() {
	const plans: SendPlan[] = [];
	const sends: Sends = {
		send: async (plan) => {
			plans.push(plan);
			return [];
		},
		change: async (make) => await make(),
		generateReference: (recipients) => `ref of "${recipients}"`,
		dryRun: dryRunOutputs,
		batches: createBatches(1),
	};
	return { sends, plans };
}
