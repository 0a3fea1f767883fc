import { node, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { type Measurement, type Row, rowsIn } from '../measure';
import { DELAY_MS } from './host';
import { ourNode, type Sender } from './senders';

/**
 * Comparisons with n8n's HTTP Request node at the same number of requests in flight. By default it
 * sends all items at once. With batches it does not wait for the responses to a batch, so its
 * interval is longer than the provider needs. That costs time but no CPU.
 */

/** The goal in docs/benchmarks.md. */
const MAX_CPU = 0.5;

const IN_BATCHES = 20;
const BATCH_INTERVAL_MS = 1.5 * DELAY_MS;
const AT_ONCE = 50;

/**
 * @param batchInterval milliseconds between two batches; without it all items are sent at once
 */
export function httpRequest({ request }: Sender, batchInterval?: number): NodeOfWorkflow {
	const { url, headers, body } = request;
	const json = body.replace('%to%', '{{ $json.to }}').replace('%message%', '{{ $json.text }}');
	const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
	const batching = { batching: { batch: { batchSize: IN_BATCHES, batchInterval } } };
	const parameters = {
		method: 'POST',
		url,
		sendHeaders: true,
		headerParameters: { parameters: pairs },
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `=${json}`,
		options: batchInterval === undefined ? {} : batching,
	};
	return node('HTTP', 'n8n-nodes-base.httpRequest', parameters, { typeVersion: 4.2 });
}

/** The runs that are compared, with the requests that may be in flight. */
export function httpVariants(sender: Sender) {
	const variant = (name: string, count: number, most: number, create: () => NodeOfWorkflow) => ({
		name,
		count,
		most,
		create,
	});
	return [
		variant('ours in batches', 1_000, IN_BATCHES, () => ourNode(sender, IN_BATCHES)),
		variant('HTTP in batches', 1_000, IN_BATCHES, () => httpRequest(sender, BATCH_INTERVAL_MS)),
		variant('ours at once', AT_ONCE, AT_ONCE, () => ourNode(sender, AT_ONCE)),
		variant('HTTP at once', AT_ONCE, AT_ONCE, () => httpRequest(sender)),
	];
}

type Measured = (name: string, key: string) => Measurement;

/** The rows of the comparisons. */
export function httpRows(time: Measured, cpu: Measured): Row[] {
	const { cost } = rowsIn('Compared with n8n’s nodes');
	const http = 'n8n’s HTTP Request node';
	const inBatches = `our node, ${IN_BATCHES} concurrent requests`;
	const atOnce = `our node, ${AT_ONCE} concurrent requests`;
	const all = `${http}, all at once`;
	const each = `${http}, ${IN_BATCHES} every ${BATCH_INTERVAL_MS} ms`;
	const summary = 'CPU per text, as many in flight: n8n’s HTTP Request node';
	const cpuRow = (title: string, ours: Measurement, theirs: Measurement) =>
		cost(`${title}: CPU`, ours, theirs, MAX_CPU, summary);
	return [
		cpuRow('CDYNE, 1000 texts', cpu(inBatches, 'ours in batches'), cpu(each, 'HTTP in batches')),
		cost(`CDYNE, ${AT_ONCE} texts: time`, time(atOnce, 'ours at once'), time(all, 'HTTP at once')),
		cpuRow(`CDYNE, ${AT_ONCE} texts`, cpu(atOnce, 'ours at once'), cpu(all, 'HTTP at once')),
	];
}
