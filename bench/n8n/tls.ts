import { credentialOf } from '../../sandbox/n8n/credentials.mjs';
import { inRounds, median, type Measurement, type Row, rowsIn } from '../measure';
import { type Cost, DELAY_MS, expectCount, type Host } from './host';
import { startDistantServer } from './distantServer';
import { minimalNode, ourNode, sendersOf } from './senders';
import { httpRequest } from './httpRequest';

/** The goal in docs/benchmarks.md. */
const MIN_GAIN_VS_HTTP_REQUEST = 1;

const COUNT = 200;
const WARM_UP = 10;
/** One each for the connection, TLS and the request. */
const ROUND_TRIPS = 3;

/** Measures sends over TLS, with network latency instead of a slow provider. */
export async function measureTls(
	host: Host,
	{ rounds, report }: { rounds: number; report: (done: number) => void },
): Promise<Row[]> {
	const server = await startDistantServer(host.sandbox.url, DELAY_MS);
	try {
		const sender = sendersOf(server.url).find(({ provider }) => provider === 'wooxy')!;
		const wooxyApi = credentialOf(server.url, 'wooxyApi');
		const credentials = await host.n8n.credential('wooxyApi', wooxyApi);
		const nodes = {
			ours: { ...ourNode(sender, 10), credentials },
			minimal: minimalNode(sender, 10),
			http: httpRequest(sender, DELAY_MS * ROUND_TRIPS),
		};
		const actions: Record<string, () => Promise<Cost>> = {};
		for (const [name, node] of Object.entries(nodes)) {
			const live = await host.publish(node);
			const once = async (count: number) => {
				host.sandbox.reset();
				const cost = await host.run(live, count);
				const { provider, operation } = sender;
				expectCount(name, host.sandbox.requests.count(provider, operation), count);
				return cost;
			};
			await once(WARM_UP);
			actions[name] = async () => await once(COUNT);
		}
		const costs = await inRounds(rounds, actions, report);
		const time = (name: string, key: string): Measurement => ({
			name,
			value: median(costs[key].map(({ wall }) => wall)),
		});
		const { gain, cost } = rowsIn('Sending over TLS');
		const what = `Wooxy, ${COUNT} texts, 10 concurrent requests: time`;
		const ours = time('our node', 'ours');
		return [
			cost(what, ours, time('minimal node', 'minimal')),
			gain(
				what,
				ours,
				time('n8n’s HTTP Request node, batches of ten', 'http'),
				MIN_GAIN_VS_HTTP_REQUEST,
				'Time over TLS: n8n’s HTTP Request node',
			),
		];
	} finally {
		server.close();
	}
}
