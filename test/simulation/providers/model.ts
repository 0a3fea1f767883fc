import type { ICredentialDataDecryptedObject, INodeParameters, INodeType } from 'n8n-workflow';
import type { Fault, History, HistoryItem } from '../history';

/** What the models of all providers have in common. They know the truth about each message. */

export interface WireRequest {
	method: string;
	url: URL;
	/** Names in lower case. */
	headers: Record<string, string>;
	body: string;
}

export interface WireResponse {
	status: number;
	type: string;
	body: string;
}

/** What a response says about a message. */
export type Said = 'accepted' | 'refused' | 'unclear';

/** A message in a request to send. */
export interface Sent {
	/** Digits with the country code. */
	to: string;
	text: string;
	reference: string | null;
	said: Said;
}

export interface SendOutcome {
	response: WireResponse;
	messages: Sent[];
}

/** A message that the provider accepted. */
export interface Accepted {
	id: string;
	to: string;
	text: string;
	reference: string | null;
	status: 'accepted' | 'rejected' | 'cancelled';
	/** Milliseconds of virtual time, by n8n's clock. */
	acceptedAt: number;
	/** From before the history. */
	isOld: boolean;
	/** The execution and the try in which it was sent. */
	execution: number;
	attempt: number;
}

/** The provider's memory. */
export class Truth {
	readonly messages: Accepted[] = [];

	/** The execution and the try that send now; the host sets them. */
	execution = 0;

	attempt = 0;

	/** Called for each message that is accepted. */
	onAccept?: (message: Accepted) => void;

	private count = 0;

	constructor(
		readonly now: () => number,
		readonly history: Pick<History, 'clockAheadMs' | 'lagMs' | 'numbersHidden'>,
	) {}

	/** A number that no other id has. */
	next(): number {
		return ++this.count;
	}

	accept(message: Pick<Accepted, 'id' | 'to' | 'text' | 'reference'>): Accepted {
		const accepted: Accepted = {
			...message,
			status: 'accepted',
			acceptedAt: this.now(),
			isOld: false,
			execution: this.execution,
			attempt: this.attempt,
		};
		this.messages.push(accepted);
		this.onAccept?.(accepted);
		return accepted;
	}

	/** The messages that can be looked up by now, the latest first. */
	visible(): Accepted[] {
		const now = this.now();
		return this.messages
			.filter(({ acceptedAt, isOld }) => isOld || acceptedAt + this.history.lagMs <= now)
			.reverse();
	}

	/** A time by the provider's clock. */
	providerTime(time: number): number {
		return time + this.history.clockAheadMs;
	}
}

export interface Operation {
	name: string;
	/** How many recipients an item may have. */
	several: boolean;
	/** The user may give a reference. */
	references: boolean;
	/** Messages of this operation can be looked up by their reference, given or generated. */
	findable: 'always' | 'withReference' | 'never';
	/** Characters outside the GSM alphabet can be sent. */
	unicode: boolean;
	/** It takes one item. */
	takesOne?: boolean;
	parameters: INodeParameters;
}

/** The provider as a module. */
export interface ProviderModel {
	name: string;
	node: INodeType;
	operations: Operation[];
	/** The default of Concurrency. */
	concurrency: number;
	/** More are not allowed, whatever Concurrency is. */
	mostInFlight?: number;
	/** What this provider may do wrong or contradictorily, by name. */
	quirks: readonly string[];
	/** Credentials by type. Each process of n8n has its own host, since limits are kept by host. */
	credentials(process: number, history: History): Record<string, ICredentialDataDecryptedObject>;
	secrets: string[];
	/** A number, in digits with the country code. */
	number(index: number): string;
	/** The parameters of the node besides those of the operation, with `$json` of an item. */
	parameters(history: History, operation: Operation): INodeParameters;
	/** The fields of an item. */
	itemFields(item: HistoryItem, operation: Operation, text: string): Record<string, string>;
	isSend(request: WireRequest): boolean;
	send(truth: Truth, request: WireRequest, quirk: { name: string } & Fault): SendOutcome;
	/** The messages of a request that the provider does not process. */
	read(request: WireRequest): Sent[];
	lookUp(truth: Truth, request: WireRequest): WireResponse;
	old(truth: Truth): string;
}

export const json = (value: unknown, status = 200): WireResponse => ({
	status,
	type: 'application/json; charset=utf-8',
	body: JSON.stringify(value),
});

/** Whether a quirk affects the message at this position. */
export const isAffected = ({ mask }: { mask: number }, position: number) =>
	((mask >> position % 8) & 1) === 1;

export const pick = <T>(list: readonly T[], { choice }: { choice: number }): T =>
	list[choice % list.length];

/** An id in the form of a GUID. */
export const guidOf = (count: number) =>
	`0f3a6c1e-8a55-4f0b-b0a9-${count.toString(16).padStart(12, '0')}`;

export const digitsOf = (number: string) => number.replace(/\D/g, '').replace(/^(?:00|011)/, '');
