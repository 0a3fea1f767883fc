import { node } from '../../test/n8n/workflow';
import { inRounds, median, type Measurement, type Row, rowsIn } from '../measure';
import { BENCH_PREFIX, DELAY_MS, expectCount, type Cost, type Host } from './host';
import { minimalNode, ourNode, sendersOf, type Sender } from './senders';

/** The goals in docs/benchmarks.md. */
const MAX_TIME_VS_MINIMAL = 1.05;
const MAX_CPU_VS_MINIMAL = 1;
const MIN_GAIN_VS_SEQUENTIAL = 10;

const FEW = 100;
/** For slow runs: sequential requests, or five concurrent ones. */
const SEQUENTIAL = 50;
const FIVE_CONCURRENT = 200;
const PER_REQUEST = 100;
const WARM_UP = 10;
/** For look-ups with a request each, which are slow. */
const LOOK_UPS = 500;

type Costs = Record<string, Cost[]>;

/** A measured run. */
interface Variant {
	name: string;
	count: number;
	node: (host: Host) => ReturnType<typeof node>;
	/** @throws Error if the sandbox did not receive the expected requests */
	check?: (host: Host, count: number) => void;
}

const sent = (sender: Sender) => (host: Host, count: number) =>
	expectCount(sender.title, host.sandbox.requests.count(sender.provider, sender.operation), count);

/** @param many number of items in a long run */
function variantsOf(senders: Sender[], many: number): Variant[] {
	const variants: Variant[] = [];
	const add = (name: string, count: number, create: Variant['node'], check?: Variant['check']) =>
		variants.push({ name, count, node: create, check });
	for (const sender of senders) {
		const { title } = sender;
		const both = (count: number) => {
			add(`${title} minimal ${count}`, count, () => minimalNode(sender, 10), sent(sender));
			add(`${title} 10 ${count}`, count, () => ourNode(sender, 10), sent(sender));
		};
		both(FEW);
		both(1_000);
		if (many > 1_000) both(many);
		add(`${title} 1`, SEQUENTIAL, () => ourNode(sender, 1), sent(sender));
		add(`${title} sequential`, SEQUENTIAL, () => minimalNode(sender, 1), sent(sender));
		add(`${title} 5`, FIVE_CONCURRENT, () => ourNode(sender, 5), sent(sender));
		if (sender.maxConcurrency > 10) {
			add(`${title} 50`, 1_000, () => ourNode(sender, 50), sent(sender));
		}
	}
	const [cdyne] = senders;
	const batchOptions = { textsPerRequest: PER_REQUEST };
	add(
		'batched',
		many,
		() => ourNode(cdyne, 10, batchOptions),
		(host, count) => sent(cdyne)(host, count / PER_REQUEST),
	);
	const wooxy = senders.find(({ provider }) => provider === 'wooxy')!;
	add('HTTP Request', 1_000, () => httpRequest(wooxy), sent(wooxy));
	add('Twilio', FEW, peer('Twilio'), peerReceived);
	add('Plivo', FEW, peer('Plivo'), peerReceived);
	const lookUp = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
	const lookedUp = (idsPerRequest: number) => (host: Host, count: number) =>
		expectCount(
			'look-ups',
			host.sandbox.requests.count('wooxy', 'sms/info'),
			count / idsPerRequest,
		);
	add('look-up', many, () => node('Ours', 'wooxy', lookUp), lookedUp(100));
	add('look-up minimal', LOOK_UPS, () => minimalLookUp(wooxy), lookedUp(1));
	return variants;
}

/**
 * Returns n8n's HTTP Request node, which sends a batch of ten at the interval of the provider's
 * delay.
 */
export function httpRequest({ request }: Sender, batchInterval = DELAY_MS) {
	const { url, headers, body } = request;
	const json = body.replace('%to%', '{{ $json.to }}').replace('%message%', '{{ $json.text }}');
	const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
	const parameters = {
		method: 'POST',
		url,
		sendHeaders: true,
		headerParameters: { parameters: pairs },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `=${json}`,
		options: { batching: { batch: { batchSize: 10, batchInterval } } },
	};
	return node('HTTP', 'n8n-nodes-base.httpRequest', parameters, { typeVersion: 4.2 });
}

/** Returns the minimal node with a request for each id. */
function minimalLookUp(sender: Sender) {
	const request = {
		...sender.request,
		url: sender.request.url.replace('sms/send', 'sms/info'),
		body: JSON.stringify({ ids: ['%to%'] }),
	};
	const minimal = minimalNode({ ...sender, request }, 10);
	return { ...minimal, parameters: { ...minimal.parameters, to: '={{ $json.id }}' } };
}

const peerReceived = (host: Host, count: number) =>
	expectCount('peers', host.peers.takeCount(), count);

/** Returns n8n's own node for another provider. */
const peer = (name: 'Twilio' | 'Plivo') => (host: Host) =>
	node(
		name,
		`${BENCH_PREFIX}bench${name}`,
		{
			resource: 'sms',
			operation: 'send',
			from: '+17575550100',
			to: '={{ $json.to }}',
			message: '={{ $json.text }}',
			base: host.peers.url,
		},
		{ credentials: host.peerCredentials },
	);

/** @param full whether to add runs with ten thousand items */
export async function measureSends(
	host: Host,
	{ rounds, full, report }: { rounds: number; full: boolean; report: (done: number) => void },
): Promise<Row[]> {
	const senders = sendersOf(host.sandbox.url);
	const many = full ? 10_000 : 1_000;
	const actions: Record<string, () => Promise<Cost>> = {};
	for (const { name, count, node: create, check } of variantsOf(senders, many)) {
		const live = await host.publish(create(host));
		const once = async (items: number) => {
			host.reset();
			const cost = await host.run(live, items);
			check?.(host, items);
			return cost;
		};
		await once(name === 'look-up' || name === 'batched' ? PER_REQUEST : WARM_UP);
		actions[name] = async () => await once(count);
	}
	const costs = await inRounds(rounds, actions, report);
	return [...senders.flatMap((sender) => rowsOf(sender, costs, many)), ...otherRows(costs, many)];
}

const wall = (costs: Costs, name: string) => median(costs[name].map((cost) => cost.wall));
const cpu = (costs: Costs, name: string) => median(costs[name].map((cost) => cost.cpu));

function rowsOf(sender: Sender, costs: Costs, many: number): Row[] {
	const { title, maxConcurrency } = sender;
	const { gain, cost } = rowsIn('Sending');
	const time = (name: string, key: string): Measurement => ({
		name,
		value: wall(costs, `${title} ${key}`),
	});
	const cpuTime = (name: string, key: string): Measurement => ({
		name,
		value: cpu(costs, `${title} ${key}`),
	});
	const sizes = [FEW, 1_000, ...(many > 1_000 ? [many] : [])];
	const last = sizes[sizes.length - 1];
	const concurrencies = [
		['1', '1'],
		['5', '5'],
		['10', '10 1000'],
		...(maxConcurrency > 10 ? [['50', '50']] : []),
	];
	return [
		...sizes.map((size) =>
			cost(
				`${title}, ${size} texts, 10 concurrent requests: time`,
				time('our node', `10 ${size}`),
				time('minimal node', `minimal ${size}`),
				MAX_TIME_VS_MINIMAL,
			),
		),
		cost(
			`${title}, ${last} texts, 10 concurrent requests: CPU`,
			cpuTime('our node', `10 ${last}`),
			cpuTime('minimal node', `minimal ${last}`),
			MAX_CPU_VS_MINIMAL,
		),
		cost(
			`${title}, time per text`,
			time(`our node, ${last} texts`, `10 ${last}`),
			time(`${FEW} texts`, `10 ${FEW}`),
		),
		...concurrencies.map(([number, key]) =>
			gain(
				`${title}: time`,
				time(`our node, concurrency ${number}`, key),
				time('sequential requests', 'sequential'),
			),
		),
	];
}

function otherRows(costs: Costs, many: number): Row[] {
	const { gain } = rowsIn('Compared with n8n’s nodes');
	const batched = rowsIn('Several messages per request').gain;
	const time = (name: string, key: string): Measurement => ({ name, value: wall(costs, key) });
	const peers = ['HTTP Request', 'Twilio', 'Plivo'].flatMap((name) => {
		const ours = `Wooxy 10 ${name === 'HTTP Request' ? 1_000 : FEW}`;
		const batches = name === 'HTTP Request' ? ', batches of ten' : '';
		return [['time', wall] as const, ['CPU', cpu] as const].map(([kind, measure]) =>
			gain(
				`Wooxy: ${kind}`,
				{ name: 'our node, 10 concurrent requests', value: measure(costs, ours) },
				{ name: `n8n’s ${name} node${batches}`, value: measure(costs, name) },
			),
		);
	});
	return [
		...peers,
		batched(
			`CDYNE, ${many} texts: time`,
			time(`our node, ${PER_REQUEST} texts per request`, 'batched'),
			time('sequential requests', 'CDYNE sequential'),
			MIN_GAIN_VS_SEQUENTIAL,
		),
		batched(
			`Wooxy, status of ${many} messages: time`,
			time('our node, 100 ids per request', 'look-up'),
			time('a request per id, 10 concurrent', 'look-up minimal'),
		),
	];
}
