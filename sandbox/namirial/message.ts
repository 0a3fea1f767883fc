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
	/** ISO 8601, UTC; several messages may have the same time. */
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

/** The status in the terms of the network. */
export interface UpstreamReport {
	status: string;
	code: string;
	message?: string;
}

export interface Webhook {
	url: string;
	/** The provider's id of the webhook. */
	configurationId: string;
}

/** Namirial-specific data of a message. */
export interface NamirialDetail {
	message: WireMessage;
	webhook: Webhook | null;
	/** From Admin/send: the account that the message is sent for. */
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
