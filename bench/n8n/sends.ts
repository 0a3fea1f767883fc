import { node } from '../../test/n8n/workflow';
import { inRounds, median, type Measurement, type Row, rowsIn } from '../measure';
import { BENCH_PREFIX, expectCount, type Cost, type Host } from './host';
import { httpRows, httpVariants } from './httpRequest';
import { constantNode, minimalNode, ourNode, sendersOf, type Sender } from './senders';

/** The goals in docs/benchmarks.md. */
const MAX_TIME_VS_MINIMAL = 0.8;
const MAX_CPU_VS_MINIMAL = 0.6;
const MAX_CPU_VS_CONSTANT = 1.3;
const MIN_GAIN_VS_SEQUENTIAL = 10;

const FEW = 100;
/** For slow runs: sequential requests, or five concurrent ones. */
const SEQUENTIAL = 50;
const FIVE_CONCURRENT = 200;
const PER_REQUEST = 100;
const OURS = 'our node, 10 concurrent requests';
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

/** Checks that no more requests were in flight than the comparison says. */
const inFlight = (sender: Sender, most: number) => (host: Host, count: number) => {
	sent(sender)(host, count);
	const { max } = host.sandbox.requests.summary().inFlight[sender.provider];
	if (count > WARM_UP && (max > most * 1.5 || max < most / 1.5)) {
		throw new Error(`${sender.title}: ${max} requests were in flight instead of ${most}.`);
	}
};

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
		add(`${title} constant`, 1_000, () => constantNode(sender, 10), sent(sender));
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
	for (const { name, count, create, most } of httpVariants(cdyne)) {
		add(name, count, create, inFlight(cdyne, most));
	}
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
				size === last ? 'Time per text at 50 ms, ten in flight: the minimal node' : undefined,
			),
		),
		cost(
			`${title}, ${last} texts, 10 concurrent requests: CPU`,
			cpuTime('our node', `10 ${last}`),
			cpuTime('minimal node', `minimal ${last}`),
			MAX_CPU_VS_MINIMAL,
			'CPU per text: the minimal node',
		),
		cost(
			`${title}, 1000 texts, 10 concurrent requests: CPU`,
			cpuTime('our node', '10 1000'),
			cpuTime('node that posts a constant', 'constant'),
			MAX_CPU_VS_CONSTANT,
			'CPU per text: a node that posts a constant',
		),
		cost(
			`${title}, 1000 texts, 10 concurrent requests: time`,
			time('node that posts a constant', 'constant'),
			time('minimal node', 'minimal 1000'),
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
	const cpuTime = (name: string, key: string): Measurement => ({ name, value: cpu(costs, key) });
	const peers = ['Twilio', 'Plivo'].flatMap((name) => {
		const ours = `Wooxy 10 ${FEW}`;
		return [
			gain('Wooxy: time', time(OURS, ours), time(`n8n’s ${name} node`, name)),
			gain('Wooxy: CPU', cpuTime(OURS, ours), cpuTime(`n8n’s ${name} node`, name)),
		];
	});
	return [
		...httpRows(time, cpuTime),
		...peers,
		batched(
			`CDYNE, ${many} texts: time`,
			time(`our node, ${PER_REQUEST} texts per request`, 'batched'),
			time('sequential requests', 'CDYNE sequential'),
			MIN_GAIN_VS_SEQUENTIAL,
			'CDYNE, 100 texts per request, time: sequential requests',
		),
		batched(
			`Wooxy, status of ${many} messages: time`,
			time('our node, 100 ids per request', 'look-up'),
			time('a request per id, 10 concurrent', 'look-up minimal'),
		),
	];
}
