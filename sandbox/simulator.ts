/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of ours, not a node */
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from './clock';
import type { MessageStore, StoredMessage } from './messages';
import type { Numbers } from './numbers';
import type { Postback, PostbackOutbox } from './postbacks';

/** One HTTP request to a provider, body unread by any parser. */
export interface ProviderRequest {
	/** In upper case. */
	method: string;
	/** Path after the mount point, still percent-encoded: `/Messaging.svc/SendMessage`. */
	path: string;
	query: URLSearchParams;
	/** Names in lower case, as Node gives them. */
	headers: IncomingHttpHeaders;
	body: Buffer;
	/** Where the provider is reached: `http://127.0.0.1:5690/cdyne`. */
	baseUrl: string;
	/** How many requests to this provider are under way, this one included. */
	inFlight: number;
}

/** What goes back. Content-Length is computed. */
export interface Answer {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

/**
 * A request that has been read far enough to know what it wants, but that has changed nothing
 * yet: a fault may still decide that the provider never processes it.
 */
export interface Call {
	/** As the provider spells it; `unknown` where it has no such operation. */
	operation: string;
	/** The phone numbers it is about, for faults and the request log. */
	recipients: string[];
	/** Does the work, once, and says what the provider would answer. */
	answer(): Answer | Promise<Answer>;
}

/** What somebody typed on a handset. */
export interface HandsetReply {
	/** The handset. */
	from: string;
	/** The provider's number it writes to; without it, the one that wrote to it last. */
	to?: string;
	text: string;
	/** Pictures, for an MMS. */
	mediaUrls?: string[];
}

/** A postback made by hand, for tests of receivers. */
export interface FireOrder {
	/** The provider's name for the kind of postback. */
	kind: string;
	/** Without it, where the provider would send this kind now. */
	url?: string;
	/** Replaces or adds fields; null leaves a field out. */
	fields?: Record<string, string | null>;
	/** Replaces the whole body. */
	body?: string;
	/** Replaces or adds headers; null leaves one out. */
	headers?: Record<string, string | null>;
}

/** One provider. A new one is a folder with a function that makes this, and a line in providers.ts. */
export interface Simulator {
	/** Mount path and the value of `provider` everywhere: `cdyne`. */
	readonly name: string;
	/** For people: `CDYNE SMS Notify!`. */
	readonly title: string;
	/**
	 * Switches that the control API shows and changes: a flat object of JSON values. The core
	 * merges changes into it and puts the first values back on reset, so read it at each use.
	 */
	readonly settings: object;
	take(request: ProviderRequest): Call;
	/** Forgets everything that is not in the core's stores. */
	reset(): void;
	/** Absent where the provider has no incoming messages. */
	reply?(reply: HandsetReply): StoredMessage | Promise<StoredMessage>;
	fire?(order: FireOrder): Postback;
}

/** What a simulator gets to work with. */
export interface Core {
	clock: Clock;
	messages: MessageStore;
	numbers: Numbers;
	postbacks: PostbackOutbox;
	/** Milliseconds of a step of a message's life, by name; see `Pace`. */
	pace: Pace;
}

/** Milliseconds between the steps of a message's life, divided by the clock's scale. */
export interface Pace {
	/** From accepted to handed to the network. */
	sent: number;
	/** From there to the first receipt, of the carrier. */
	carrier: number;
	/** From there to the handset. */
	delivered: number;
	/** Between two tries to hand a refused message to the network. */
	handOff: number;
}

export type CreateSimulator = (core: Core) => Simulator;
