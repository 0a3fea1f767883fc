import { node, type NodeOfWorkflow } from '../../test/n8n/workflow';
import { type Measurement, type Row, rowsIn } from '../measure';
import { DELAY_MS } from './host';
import { ourNode, type Sender } from './senders';

/**
 * Comparisons with n8n's HTTP Request node at the same number of requests in flight. By default it
 * sends all items at once. With batches it does not wait for the responses to a batch, so a batch of
 * ten every 50 ms, at a provider that needs 50 ms, has up to twenty requests in flight.
 */

/** The goal in docs/benchmarks.md. */
const MAX_CPU = 0.5;

const IN_BATCHES = 20;
const AT_ONCE = 50;

/**
 * @param batchInterval milliseconds between two batches of ten; without it all items are sent at once
 */
export function httpRequest({ request }: Sender, batchInterval?: number): NodeOfWorkflow {
	const { url, headers, body } = request;
	const json = body.replace('%to%', '{{ $json.to }}').replace('%message%', '{{ $json.text }}');
	const pairs = Object.entries(headers).map(([name, value]) => ({ name, value }));
	const batching = { batching: { batch: { batchSize: 10, batchInterval } } };
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
		variant('HTTP in batches', 1_000, IN_BATCHES, () => httpRequest(sender, DELAY_MS)),
		variant('ours at once', AT_ONCE, AT_ONCE, () => ourNode(sender, AT_ONCE)),
		variant('HTTP at once', AT_ONCE, AT_ONCE, () => httpRequest(sender)),
	];
}

type Measured = (name: string, key: string) => Measurement;

/** The rows of the comparisons. */
export function httpRows(time: Measured, cpu: Measured): Row[] {
	const { cost } = rowsIn('Compared with n8n’s nodes');
	const rows = (title: string, inFlight: number, other: string, kind: string) => {
		const ours = `our node, ${inFlight} concurrent requests`;
		return [
			cost(`${title}: time`, time(ours, `ours ${kind}`), time(other, `HTTP ${kind}`)),
			cost(
				`${title}: CPU`,
				cpu(ours, `ours ${kind}`),
				cpu(other, `HTTP ${kind}`),
				MAX_CPU,
				'CPU per text, as many in flight: n8n’s HTTP Request node',
			),
		];
	};
	const http = 'n8n’s HTTP Request node';
	return [
		...rows('CDYNE, 1000 texts', IN_BATCHES, `${http}, ten every ${DELAY_MS} ms`, 'in batches'),
		...rows(`CDYNE, ${AT_ONCE} texts`, AT_ONCE, `${http}, all at once`, 'at once'),
	];
}
