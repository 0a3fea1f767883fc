/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a local server, not a node */
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from './clock';
import type { MessageStore, StoredMessage } from './messages';
import type { Numbers } from './numbers';
import type { Postback, PostbackOutbox } from './postbacks';

/** An HTTP request to a provider, with the raw body. */
export interface ProviderRequest {
	/** In upper case. */
	method: string;
	/** Path after the mount point, still percent-encoded: `/Messaging.svc/SendMessage`. */
	path: string;
	query: URLSearchParams;
	/** Names in lower case. */
	headers: IncomingHttpHeaders;
	body: Buffer;
	/** The provider's address: `http://127.0.0.1:5690/cdyne`. */
	baseUrl: string;
	/** The number of unfinished requests to this provider, including this one. */
	inFlight: number;
}

/** The provider's HTTP response. Content-Length is computed. */
export interface ProviderResponse {
	status: number;
	headers?: Record<string, string>;
	body?: string | Buffer;
}

/**
 * A request that was read but not processed: a fault may still prevent the provider from
 * processing it.
 */
export interface Call {
	/** As the provider spells it, or `unknown`. */
	operation: string;
	/** The phone numbers in it, for faults and the request log. */
	recipients: string[];
	/** Processes the request. Called at most once. */
	respond(): ProviderResponse | Promise<ProviderResponse>;
}

/** A text that a person sends from a handset. */
export interface HandsetReply {
	/** The number of the handset. */
	from: string;
	/** A number of the provider; by default the last one that sent a text to the handset. */
	to?: string;
	text: string;
	/** Makes the message an MMS. */
	mediaUrls?: string[];
}

/** A postback sent by hand, to test receivers. */
export interface FireOrder {
	/** The kind, as the provider names it. */
	kind: string;
	/** By default the address that the provider would use for this kind. */
	url?: string;
	/** Replaces or adds fields; null removes a field. */
	fields?: Record<string, string | null>;
	/** Replaces the whole body. */
	body?: string;
	/** Replaces or adds headers; null removes a header. */
	headers?: Record<string, string | null>;
}

/** A simulated provider. Each is created by a function in a folder, listed in providers.ts. */
export interface Simulator {
	/** The mount path, and the value of every `provider` field: `cdyne`. */
	readonly name: string;
	/** The display name: `CDYNE SMS Notify!`. */
	readonly title: string;
	/**
	 * Settings that the control API shows and changes: a flat object of JSON values. The core
	 * changes this object in place and restores its initial values on reset, so read it at each use.
	 */
	readonly settings: object;
	read(request: ProviderRequest): Call;
	/** Deletes everything that is not in the core's stores. */
	reset(): void;
	/** Absent if the provider does not receive messages. */
	reply?(reply: HandsetReply): StoredMessage | Promise<StoredMessage>;
	fire?(order: FireOrder): Postback;
}

/** The services that all simulators share. */
export interface Core {
	clock: Clock;
	messages: MessageStore;
	numbers: Numbers;
	postbacks: PostbackOutbox;
	pace: Pace;
}

/** Sandbox milliseconds between the steps of a message's lifecycle. */
export interface Pace {
	/** From accepted to handed to the network. */
	sent: number;
	/** From there to the first receipt, from the carrier. */
	carrier: number;
	/** From there to the handset. */
	delivered: number;
	/** Between two attempts to hand a rejected message to the network. */
	handOff: number;
}

export type CreateSimulator = (core: Core) => Simulator;
