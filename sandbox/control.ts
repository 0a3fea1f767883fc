import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { FaultOrder } from './faults';
import { streamChanges } from './live';
import type { MessageFilter } from './messages';
import { OUTCOMES } from './numbers';
import type { Sandbox } from './sandbox';
import type { FireOrder, HandsetReply, Simulator } from './simulator';

/** An invalid control request. The response has this status and the message as its `error`. */
class ControlError extends Error {
	constructor(
		message: string,
		readonly statusCode = 400,
	) {
		super(message);
	}
}

/** The control API, documented in README.md. */
export function controlApi(sandbox: Sandbox): FastifyPluginAsync {
	return async (app) => {
		app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
			void reply.code(error.statusCode ?? 400).send({ error: error.message });
		});
		app.get('/events', (request, reply) => streamChanges(sandbox, request, reply));
		app.get('/state', () => state(sandbox));
		app.post('/reset', () => {
			sandbox.reset();
			return state(sandbox);
		});
		time(app, sandbox);
		faults(app, sandbox);
		numbers(app, sandbox);
		records(app, sandbox);
		providers(app, sandbox);
	};
}

function state(sandbox: Sandbox) {
	return {
		url: sandbox.url,
		providers: [...sandbox.simulators.values()].map((simulator) => ({
			name: simulator.name,
			title: simulator.title,
			url: `${sandbox.url}/${simulator.name}`,
			takesReplies: simulator.reply !== undefined,
			settings: simulator.settings,
		})),
		clock: { scale: sandbox.clock.scale, pending: sandbox.clock.pending },
		pace: sandbox.pace,
		faults: sandbox.faults.list(),
		numbers: sandbox.numbers.list(),
		requests: sandbox.requests.summary(),
		messages: sandbox.messages.list().length,
		postbacks: { sent: sandbox.postbacks.list().length, options: sandbox.postbacks.options },
	};
}

function time(app: FastifyInstance, sandbox: Sandbox): void {
	const show = () => ({ ...sandbox.pace, clockScale: sandbox.clock.scale });
	app.get('/pace', show);
	app.put<{ Body: Record<string, number> }>('/pace', ({ body }) => {
		const { clockScale, ...pace } = body;
		checkNames(pace, sandbox.pace, 'step');
		if (clockScale !== undefined) sandbox.clock.scale = clockScale;
		Object.assign(sandbox.pace, pace);
		return show();
	});
	app.post<{ Body: { ms?: number } | null }>('/advance', async ({ body }) => {
		await sandbox.clock.advance(body?.ms);
		return { pending: sandbox.clock.pending };
	});
}

function faults(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/faults', () => sandbox.faults.list());
	app.post<{ Body: FaultOrder }>('/faults', ({ body }) => sandbox.faults.add(body));
	app.delete('/faults', () => {
		sandbox.faults.clear();
		return [];
	});
	app.delete<{ Params: { id: string } }>('/faults/:id', ({ params }) => {
		sandbox.faults.clear(params.id);
		return sandbox.faults.list();
	});
}

function numbers(app: FastifyInstance, sandbox: Sandbox): void {
	app.get('/numbers', () => ({ outcomes: OUTCOMES, numbers: sandbox.numbers.list() }));
	app.put<{ Params: { number: string }; Body: { outcome: string } }>(
		'/numbers/:number',
		({ params, body }) => {
			sandbox.numbers.set(params.number, body.outcome);
			return sandbox.numbers.list();
		},
	);
	app.delete<{ Params: { number: string } }>('/numbers/:number', ({ params }) => {
		sandbox.numbers.remove(params.number);
		return sandbox.numbers.list();
	});
}

function records(app: FastifyInstance, sandbox: Sandbox): void {
	app.get<{ Querystring: { provider?: string; operation?: string } }>('/requests', ({ query }) => ({
		...sandbox.requests.summary(),
		requests: sandbox.requests.list(query),
	}));
	app.delete('/requests', () => {
		sandbox.requests.clear();
		return sandbox.requests.summary();
	});
	app.get<{ Querystring: MessageFilter }>('/messages', ({ query }) => {
		const messages = sandbox.messages.list(query);
		return { total: messages.length, byHandset: countByHandset(messages), messages };
	});
	app.get<{ Querystring: Record<string, string> }>('/postbacks', ({ query }) => ({
		options: sandbox.postbacks.options,
		postbacks: sandbox.postbacks.list(query),
	}));
	app.put<{ Body: Record<string, unknown> }>('/postbacks', ({ body }) => {
		checkNames(body, sandbox.postbacks.options, 'postback option');
		return Object.assign(sandbox.postbacks.options, body);
	});
}

function countByHandset(messages: Array<{ handset: string }>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { handset } of messages) counts[handset] = (counts[handset] ?? 0) + 1;
	return counts;
}

function providers(app: FastifyInstance, sandbox: Sandbox): void {
	const find = (name: string): Simulator => {
		const simulator = sandbox.simulators.get(name);
		if (simulator === undefined) {
			const names = [...sandbox.simulators.keys()].join(', ');
			throw new ControlError(`There is no provider "${name}". The providers are: ${names}.`, 404);
		}
		return simulator;
	};
	app.post<{ Body: HandsetReply & { provider: string } }>('/reply', ({ body }) => {
		const { provider, ...reply } = body;
		const simulator = find(provider);
		if (simulator.reply === undefined) {
			throw new ControlError(`${simulator.title} does not receive messages.`);
		}
		return simulator.reply(reply);
	});
	app.post<{ Body: FireOrder & { provider: string } }>('/fire', ({ body }) => {
		const { provider, ...order } = body;
		const simulator = find(provider);
		if (simulator.fire === undefined) {
			throw new ControlError(`${simulator.title} has no postbacks to send by hand.`);
		}
		return simulator.fire(order);
	});
	app.get<{ Params: { provider: string } }>(
		'/settings/:provider',
		({ params }) => find(params.provider).settings,
	);
	app.put<{ Params: { provider: string }; Body: Record<string, unknown> }>(
		'/settings/:provider',
		({ params, body }) => {
			sandbox.configure(find(params.provider).name, body);
			return find(params.provider).settings;
		},
	);
}

function checkNames(changes: object, all: object, what: string): void {
	for (const name of Object.keys(changes)) {
		if (name in all) continue;
		throw new ControlError(
			`There is no ${what} "${name}". Valid names: ${Object.keys(all).join(', ')}.`,
		);
	}
}
