/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import Fastify from 'fastify';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Clock } from './clock';
import { controlApi } from './control';
import { Faults } from './faults';
import { serve } from './gateway';
import { handsetPages } from './handset/pages';
import { reasonToReject } from './local';
import { MessageStore } from './messages';
import { Numbers } from './numbers';
import { PostbackOutbox, type PostbackOptions } from './postbacks';
import * as providers from './providers';
import { RequestLog } from './requests';
import type { Sandbox } from './sandbox';
import type { Core, CreateSimulator, Pace, Simulator } from './simulator';

export type { Sandbox } from './sandbox';

const CREATE_SIMULATORS: CreateSimulator[] = Object.values(providers);

const DEFAULT_PACE: Pace = { sent: 600, carrier: 600, delivered: 1_200, handOff: 2_000 };

export interface SandboxOptions {
	/** 0, the default, uses any free port. */
	port?: number;
	/** Overrides the delays between the steps of a message's lifecycle, in milliseconds. */
	pace?: Partial<Pace>;
	/** Sandbox milliseconds per real millisecond: 60 runs a minute in a second, 0 stops time. */
	clockScale?: number;
	/** Initial options of the postbacks. */
	postbacks?: Partial<PostbackOptions>;
	/** Initial settings, by provider. */
	settings?: Record<string, Record<string, unknown>>;
}

/** Starts the sandbox on the loopback address. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const clock = new Clock(options.clockScale);
	const core: Core = {
		clock,
		messages: new MessageStore(),
		numbers: new Numbers(),
		postbacks: new PostbackOutbox(clock, options.postbacks),
		pace: { ...DEFAULT_PACE, ...options.pace },
	};
	const faults = new Faults();
	const requests = new RequestLog();
	const simulators = new Map<string, Simulator>();
	for (const create of CREATE_SIMULATORS) {
		const simulator = create(core);
		simulators.set(simulator.name, simulator);
	}

	const configure = (provider: string, changes: Record<string, unknown>) => {
		const settings = simulators.get(provider)?.settings;
		if (settings === undefined) throw new Error(`There is no provider "${provider}".`);
		for (const name of Object.keys(changes)) {
			if (name in settings) continue;
			const names = Object.keys(settings).join(', ');
			throw new Error(`${provider} has no setting "${name}". Its settings are: ${names}.`);
		}
		Object.assign(settings, structuredClone(changes));
	};
	for (const [provider, changes] of Object.entries(options.settings ?? {})) {
		configure(provider, changes);
	}
	const initialSettings = new Map(
		[...simulators.values()].map(({ name, settings }) => [name, structuredClone(settings)]),
	);

	const app = Fastify({
		// requests to a provider do not reach the framework: see gateway.ts
		serverFactory: (handler) =>
			createServer((request, response) => {
				const reason = reasonToReject(request);
				if (reason !== undefined) {
					response.writeHead(403, { 'Content-Type': 'text/plain' }).end(reason);
					return;
				}
				const simulator = simulators.get(firstPathSegment(request));
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
			Object.assign(core.pace, DEFAULT_PACE, options.pace);
			core.messages.clear();
			core.numbers.reset();
			core.postbacks.reset();
			faults.clear();
			requests.clear();
			for (const simulator of simulators.values()) {
				Object.assign(simulator.settings, structuredClone(initialSettings.get(simulator.name)));
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

function firstPathSegment({ url = '/' }: IncomingMessage): string {
	return /^\/([^/?]*)/.exec(url)?.[1] ?? '';
}
