import { node } from '../../test/n8n/workflow';
import { inRounds, median, type Row, rowsIn, type Took } from '../measure';
import { BENCH, DELAY_MS, expectCount, type Cost, type Host } from './host';
import { floorNode, ourNode, wiresOf, type Wire } from './wires';

/** The goals, as docs/benchmarks.md names them. */
const WALL_OF_FLOOR = 1.05;
const CPU_OF_FLOOR = 1;
const TIMES_THE_LOOP = 10;

const FEW = 100;
/** For what takes long: one after another, or five at once. */
const SLOW = 50;
const HALF_AS_SLOW = 200;
const PER_REQUEST = 100;
const WARM_UP = 10;
/** A request each takes long. */
const LOOK_UPS = 500;

type Measured = Record<string, Cost[]>;

/** What is to be run, by name, and how often. */
interface Variant {
	name: string;
	count: number;
	nodes: (host: Host) => ReturnType<typeof node>;
	/** Fails where the sandbox did not get what it should have. */
	check?: (host: Host, count: number) => void;
}

const sent = (wire: Wire) => (host: Host, count: number) =>
	expectCount(wire.title, host.sandbox.requests.count(wire.provider, wire.operation), count);

/** @param many items of a run that is not short */
function variantsOf(wires: Wire[], many: number): Variant[] {
	const variants: Variant[] = [];
	const add = (name: string, count: number, make: Variant['nodes'], check?: Variant['check']) =>
		variants.push({ name, count, nodes: make, check });
	for (const wire of wires) {
		const { title } = wire;
		const both = (count: number) => {
			add(`${title} floor ${count}`, count, () => floorNode(wire, 10), sent(wire));
			add(`${title} 10 ${count}`, count, () => ourNode(wire, 10), sent(wire));
		};
		both(FEW);
		both(1_000);
		if (many > 1_000) both(many);
		add(`${title} 1`, SLOW, () => ourNode(wire, 1), sent(wire));
		add(`${title} loop`, SLOW, () => floorNode(wire, 1), sent(wire));
		add(`${title} 5`, HALF_AS_SLOW, () => ourNode(wire, 5), sent(wire));
		if (wire.most > 10) add(`${title} 50`, 1_000, () => ourNode(wire, 50), sent(wire));
	}
	const [cdyne] = wires;
	const gathered = { textsPerRequest: PER_REQUEST };
	add(
		'gathered',
		many,
		() => ourNode(cdyne, 10, gathered),
		(host, count) => sent(cdyne)(host, count / PER_REQUEST),
	);
	const wooxy = wires.find(({ provider }) => provider === 'wooxy')!;
	add('HTTP Request', 1_000, () => httpRequest(wooxy), sent(wooxy));
	add('Twilio', FEW, peer('Twilio'), peerGot);
	add('Plivo', FEW, peer('Plivo'), peerGot);
	const lookUp = { resource: 'message', operation: 'getStatus', messageId: '={{ $json.id }}' };
	const lookedUp = (each: number) => (host: Host, count: number) =>
		expectCount('look-ups', host.sandbox.requests.count('wooxy', 'sms/info'), count / each);
	add('look-up', many, () => node('Ours', 'wooxy', lookUp), lookedUp(100));
	add('look-up floor', LOOK_UPS, () => lookUpFloor(wooxy), lookedUp(1));
	return variants;
}

/** n8n's HTTP Request node: a batch of ten each time that a provider so far away can have answered. */
export function httpRequest({ request }: Wire, batchInterval = DELAY_MS) {
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

/** A request for each id. */
function lookUpFloor(wire: Wire) {
	const request = {
		...wire.request,
		url: wire.request.url.replace('sms/send', 'sms/info'),
		body: JSON.stringify({ ids: ['%to%'] }),
	};
	const floor = floorNode({ ...wire, request }, 10);
	return { ...floor, parameters: { ...floor.parameters, to: '={{ $json.id }}' } };
}

const peerGot = (host: Host, count: number) => expectCount('peers', host.peers.taken(), count);

/** n8n's own node for another provider. */
const peer = (name: 'Twilio' | 'Plivo') => (host: Host) =>
	node(
		name,
		`${BENCH}bench${name}`,
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

/** @param full ten thousand items as well */
export async function measureSends(
	host: Host,
	{ rounds, full, report }: { rounds: number; full: boolean; report: (done: number) => void },
): Promise<Row[]> {
	const wires = wiresOf(host.sandbox.url);
	const many = full ? 10_000 : 1_000;
	const actions: Record<string, () => Promise<Cost>> = {};
	for (const { name, count, nodes, check } of variantsOf(wires, many)) {
		const live = await host.publish(nodes(host));
		const once = async (items: number) => {
			host.begin();
			const cost = await host.run(live, items);
			check?.(host, items);
			return cost;
		};
		await once(name === 'look-up' || name === 'gathered' ? PER_REQUEST : WARM_UP);
		actions[name] = async () => await once(count);
	}
	const costs = await inRounds(rounds, actions, report);
	return [...wires.flatMap((wire) => rowsOf(wire, costs, many)), ...otherRows(costs, many)];
}

const wall = (costs: Measured, name: string) => median(costs[name].map((cost) => cost.wall));
const cpu = (costs: Measured, name: string) => median(costs[name].map((cost) => cost.cpu));

function rowsOf(wire: Wire, costs: Measured, many: number): Row[] {
	const { title, most } = wire;
	const { gain, cost } = rowsIn('Sending');
	const time = (how: string, name: string): Took => ({ how, ms: wall(costs, `${title} ${name}`) });
	const work = (how: string, name: string): Took => ({ how, ms: cpu(costs, `${title} ${name}`) });
	const sizes = [FEW, 1_000, ...(many > 1_000 ? [many] : [])];
	const last = sizes[sizes.length - 1];
	const atOnce = [['1', '1'], ['5', '5'], ['10', '10 1000'], ...(most > 10 ? [['50', '50']] : [])];
	return [
		...sizes.map((size) =>
			cost(
				`${title}, ${size} texts, 10 at once: time`,
				time('our node', `10 ${size}`),
				time('the floor', `floor ${size}`),
				WALL_OF_FLOOR,
			),
		),
		cost(
			`${title}, ${last} texts, 10 at once: CPU`,
			work('our node', `10 ${last}`),
			work('the floor', `floor ${last}`),
			CPU_OF_FLOOR,
		),
		cost(
			`${title}, a text of ${last} against one of ${FEW}: time`,
			time(`of ${last}`, `10 ${last}`),
			time(`of ${FEW}`, `10 ${FEW}`),
		),
		...atOnce.map(([number, name]) =>
			gain(
				`${title}, ${number} at once: time`,
				time(`our node, ${number} at once`, name),
				time('a bare loop', 'loop'),
			),
		),
	];
}

function otherRows(costs: Measured, many: number): Row[] {
	const { gain } = rowsIn('Sending beside others');
	const gathered = rowsIn('Many in a request').gain;
	const time = (how: string, name: string): Took => ({ how, ms: wall(costs, name) });
	const beside = ['HTTP Request', 'Twilio', 'Plivo'].flatMap((name) => {
		const ours = `Wooxy 10 ${name === 'HTTP Request' ? 1_000 : FEW}`;
		const what = `Wooxy beside n8n’s ${name} node${name === 'HTTP Request' ? ', batches of ten' : ''}`;
		return [['time', wall] as const, ['CPU', cpu] as const].map(([kind, of]) =>
			gain(
				`${what}: ${kind}`,
				{ how: 'our node, 10 at once', ms: of(costs, ours) },
				{ how: `n8n’s ${name} node`, ms: of(costs, name) },
			),
		);
	});
	return [
		...beside,
		gathered(
			`CDYNE, ${many} texts, ${PER_REQUEST} in a request: time`,
			time('our node', 'gathered'),
			time('a bare loop', 'CDYNE loop'),
			TIMES_THE_LOOP,
		),
		gathered(
			`Wooxy, the status of ${many} messages: time`,
			time('our node, 100 in a request', 'look-up'),
			time('a request each, 10 at once', 'look-up floor'),
		),
	];
}
