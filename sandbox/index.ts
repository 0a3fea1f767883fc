/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of ours, not a node */
import Fastify from 'fastify';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Clock } from './clock';
import { controlApi } from './control';
import { Faults } from './faults';
import { serve } from './gateway';
import { handsetPages } from './handset/pages';
import { objectionTo } from './local';
import { MessageStore } from './messages';
import { Numbers } from './numbers';
import { PostbackOutbox, type PostbackOptions } from './postbacks';
import * as providers from './providers';
import { RequestLog } from './requests';
import type { Core, CreateSimulator, Pace, Simulator } from './simulator';

const PROVIDERS: CreateSimulator[] = Object.values(providers);

const PACE: Pace = { sent: 600, carrier: 600, delivered: 1_200, handOff: 2_000 };

export interface SandboxOptions {
	/** 0, the default, takes any free port. */
	port?: number;
	/** Changes to the milliseconds between the steps of a message's life. */
	pace?: Partial<Pace>;
	/** Sandbox milliseconds per real one: 60 runs a minute in a second; 0 stands still. */
	clockScale?: number;
	/** First options of the postbacks. */
	postbacks?: Partial<PostbackOptions>;
	/** First settings, by provider. */
	settings?: Record<string, Record<string, unknown>>;
}

/** A running sandbox. What the control API does over HTTP, a test in the same process does here. */
export interface Sandbox extends Core {
	/** `http://127.0.0.1:5690`; provider `x` is at `/x`. */
	url: string;
	port: number;
	faults: Faults;
	requests: RequestLog;
	simulators: Map<string, Simulator>;
	/** Changes switches of a provider; throws where it has no such switch. */
	configure(provider: string, changes: Record<string, unknown>): void;
	/** Back to how it was started. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts the sandbox on the loopback address. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = new Clock(options.clockScale);
	const core: Core = {
		clock,
		messages: new MessageStore(),
		numbers: new Numbers(),
		postbacks: new PostbackOutbox(clock, options.postbacks),
		pace: { ...PACE, ...options.pace },
	};
	const faults = new Faults();
	const requests = new RequestLog();
	const simulators = new Map<string, Simulator>();
	for (const create of PROVIDERS) {
		const simulator = create(core);
		simulators.set(simulator.name, simulator);
	}

	const configure = (provider: string, changes: Record<string, unknown>) => {
		const settings = simulators.get(provider)?.settings;
		if (settings === undefined) throw new Error(`There is no provider "${provider}" here.`);
		for (const name of Object.keys(changes)) {
			if (name in settings) continue;
			const known = Object.keys(settings).join(', ');
			throw new Error(`${provider} has no setting "${name}". It has: ${known}.`);
		}
		Object.assign(settings, structuredClone(changes));
	};
	for (const [provider, changes] of Object.entries(options.settings ?? {})) {
		configure(provider, changes);
	}
	const firstSettings = new Map(
		[...simulators.values()].map(({ name, settings }) => [name, structuredClone(settings)]),
	);

	const app = Fastify({
		// a provider's requests never reach the framework: see gateway.ts
		serverFactory: (handler) =>
			createServer((request, response) => {
				const objection = objectionTo(request);
				if (objection !== undefined) {
					response.writeHead(403, { 'Content-Type': 'text/plain' }).end(objection);
					return;
				}
				const simulator = simulators.get(mountPoint(request));
				if (simulator === undefined) handler(request, response);
				else void serve(simulator, request, response, { faults, requests });
			}),
		forceCloseConnections: true,
	});

	const sandbox: Sandbox = {
		...core,
		url: '',
		port: 0,
		faults,
		requests,
		simulators,
		configure,
		reset() {
			clock.clear();
			clock.scale = options.clockScale ?? 1;
			Object.assign(core.pace, PACE, options.pace);
			core.messages.clear();
			core.numbers.reset();
			core.postbacks.reset();
			faults.clear();
			requests.clear();
			for (const simulator of simulators.values()) {
				Object.assign(simulator.settings, structuredClone(firstSettings.get(simulator.name)));
				simulator.reset();
			}
		},
		async close() {
			clock.clear();
			core.postbacks.close();
			app.server.closeAllConnections();
			await app.close();
		},
	};
	await app.register(controlApi(sandbox), { prefix: '/control' });
	handsetPages(app);
	await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	sandbox.port = (app.server.address() as AddressInfo).port;
	sandbox.url = `http://127.0.0.1:${sandbox.port}`;
	return sandbox;
}

function mountPoint({ url = '/' }: IncomingMessage): string {
	return /^\/([^/?]*)/.exec(url)?.[1] ?? '';
}
