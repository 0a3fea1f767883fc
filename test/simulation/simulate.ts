import type { Execution, Try } from './harness/host';
import { Host } from './harness/host';
import type { Told } from './harness/network';
import { Network } from './harness/network';
import { VirtualTime } from './harness/virtualTime';
import type { History, Settings } from './history';
import type { Operation, ProviderModel } from './providers/model';
import { Truth } from './providers/model';

/** Runs a history. */

/** Noon of a day without a change of clocks. */
const START = Date.UTC(2026, 1, 3, 12);
const HOUR = 3_600_000;
/** A person needs longer to press Retry than a message to become visible. */
const BEFORE_RETRY_MS = 30_000;

/** Everything that happened. */
export interface World {
	history: History;
	model: ProviderModel;
	operation: Operation;
	truth: Truth;
	told: Told[];
	tries: Try[];
	executions: Execution[];
}

function addOldMessages(truth: Truth, { old }: History, model: ProviderModel): void {
	for (const { to, reference, status, count, hoursAgo } of old) {
		for (let index = 0; index < count; index++) {
			const message = truth.accept({
				id: model.old(truth),
				to: model.number(to),
				text: '1 An older text',
				reference: `order-${reference}`,
			});
			message.status = status === 'delivered' ? 'accepted' : status;
			message.acceptedAt -= hoursAgo * HOUR;
			message.isOld = true;
		}
	}
}

/** @param quirks the quirks that faults of this kind choose from */
export async function simulate(
	model: ProviderModel,
	operation: Operation,
	history: History,
	quirks: readonly string[],
): Promise<World> {
	const time = new VirtualTime(START);
	const truth = new Truth(() => time.now(), history);
	addOldMessages(truth, history, model);
	const network = new Network(time, history, model, truth, quirks);
	const host = new Host(time, network, truth, model, operation, history);
	const removeTime = time.install(1);
	const removeNetwork = network.install();
	try {
		let settings: Settings = history.settings;
		let last = await host.execute(settings, false, undefined, history.crashAt);
		for (const { turnOff, continueOnFail, pressedTwice, clean } of history.retries) {
			// n8n repeats only executions that did not succeed
			const parent: Execution = pressedTwice ? (last.parent ?? last) : last;
			if (parent.end === 'succeeded') break;
			time.pass(BEFORE_RETRY_MS);
			settings = { ...settings };
			for (const name of turnOff) settings[name] = false;
			settings.continueOnFail ||= continueOnFail;
			last = await host.execute(settings, clean, parent, 0);
		}
	} finally {
		removeNetwork();
		removeTime();
	}
	const { tries, executions } = host;
	return { history, model, operation, truth, told: network.told, tries, executions };
}
