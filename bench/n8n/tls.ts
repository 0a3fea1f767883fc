import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { inRounds, median, type Row, rowsIn, type Took } from '../measure';
import { type Cost, DELAY_MS, expectCount, type Host } from './host';
import { startFar } from './far';
import { httpRequest } from './sends';
import { floorNode, ourNode, wiresOf } from './wires';

/** The goal, as docs/benchmarks.md names it. */
const OF_HTTP_REQUEST = 2;

const COUNT = 200;
const WARM_UP = 10;
/** A connection, TLS, and the request itself. */
const ROUND_TRIPS = 3;

/** The same texts over TLS, where the provider is far away rather than slow. */
export async function measureTls(
	host: Host,
	{ rounds, report }: { rounds: number; report: (done: number) => void },
): Promise<Row[]> {
	const far = await startFar(host.sandbox.url, DELAY_MS);
	try {
		const wire = wiresOf(far.url).find(({ provider }) => provider === 'wooxy')!;
		const wooxyApi = credentialOf(far.url, 'wooxyApi');
		const credentials = await host.n8n.credential('wooxyApi', wooxyApi);
		const nodes = {
			ours: { ...ourNode(wire, 10), credentials },
			floor: floorNode(wire, 10),
			http: httpRequest(wire, DELAY_MS * ROUND_TRIPS),
		};
		const actions: Record<string, () => Promise<Cost>> = {};
		for (const [name, node] of Object.entries(nodes)) {
			const live = await host.publish(node);
			const once = async (count: number) => {
				host.sandbox.reset();
				const cost = await host.run(live, count);
				const { provider, operation } = wire;
				expectCount(name, host.sandbox.requests.count(provider, operation), count);
				return cost;
			};
			await once(WARM_UP);
			actions[name] = async () => await once(COUNT);
		}
		const costs = await inRounds(rounds, actions, report);
		const took = (how: string, name: string): Took => ({
			how,
			ms: median(costs[name].map(({ wall }) => wall)),
		});
		const { gain, cost } = rowsIn('Sending over TLS');
		const what = `Wooxy, ${COUNT} texts, 10 at once: time`;
		const ours = took('our node', 'ours');
		return [
			cost(what, ours, took('the floor', 'floor')),
			gain(what, ours, took('n8n’s HTTP Request node, batches of ten', 'http'), OF_HTTP_REQUEST),
		];
	} finally {
		far.close();
	}
}
