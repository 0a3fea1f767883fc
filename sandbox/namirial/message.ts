import type { MessageStatus, StoredMessage } from '../messages';

export type WireStatus =
	| 'PROVIDER_ACCEPTANCE'
	| 'SENT'
	| 'DELIVERED'
	| 'READ'
	| 'UNDELIVERED'
	| 'REJECTED';

/** The Message object of the status API and of notifications: docs/providers/namirial.md 7.1. */
export interface WireMessage {
	id: string;
	/** ISO 8601, UTC; may be equal for several messages. */
	providerAcceptanceAt: string;
	statusChangedAt: string;
	reference?: Reference;
	channel: 'SMS' | 'RCS';
	status: WireStatus;
	provider: { name: string; id: string } & UpstreamReport;
	sms?: { segments: number };
}

export interface Reference {
	service?: string;
	action?: string;
	key?: string;
}

/** What the network says, in its own words. */
export interface UpstreamReport {
	status: string;
	code: string;
	message?: string;
}

export interface Webhook {
	url: string;
	/** The provider's id for it. */
	configurationId: string;
}

/** What the simulator keeps with a message in the common store. */
export interface NamirialDetail {
	message: WireMessage;
	webhook: Webhook | null;
	/** Of Admin/send: on whose behalf. */
	account: string | null;
	lra: number | null;
	businessRelationId: string | null;
}

export const STORED_STATUS: Record<WireStatus, MessageStatus> = {
	PROVIDER_ACCEPTANCE: 'queued',
	SENT: 'sent',
	DELIVERED: 'delivered',
	READ: 'read',
	UNDELIVERED: 'undelivered',
	REJECTED: 'failed',
};

export function detailOf(message: StoredMessage): NamirialDetail {
	return message.detail as unknown as NamirialDetail;
}
