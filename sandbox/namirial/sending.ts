import { randomUUID } from 'node:crypto';
import { isLoopback } from '../postbacks';
import type { Core, ProviderResponse } from '../simulator';
import type { Flooding } from './flooding';
import { scenarioOf, type Lifecycle } from './lifecycle';
import type { NamirialDetail, WireMessage } from './message';
import { badRequest, codedError, json } from './responses';
import { describeProblem, type SendBody } from './schema';
import { countSegments } from './segments';
import { timestamp, type NamirialSettings } from './settings';

const DESTINATION = /^\+[1-9]\d{6,14}$/;
const MAX_TEXT_LENGTH = 1_600;

/** Outcomes that are rejected with code 8. */
const CANNOT_RECEIVE = ['rejected', 'landline', 'optedOut'];

interface Services {
	core: Core;
	settings: NamirialSettings;
	flooding: Flooding;
	lifecycle: Lifecycle;
}

/** Services/send and Admin/send, after authentication. */
export class Sending {
	/** The number of accepted messages, to select the upstream providers in turn. */
	private accepted = 0;

	constructor(private readonly services: Services) {}

	clear(): void {
		this.accepted = 0;
	}

	/** @param body undefined if it is not JSON */
	respond(body: unknown, admin: boolean): ProviderResponse | Promise<ProviderResponse> {
		const { core, settings, flooding } = this.services;
		const problem =
			body === undefined ? 'it is not JSON' : describeProblem(body, admin, settings.strictFields);
		if (problem !== undefined) return badRequest(settings, problem);
		const send = body as SendBody;
		const rejection = this.rejection(send);
		if (rejection !== undefined) return rejection;

		const destination = send.destination!;
		const text = send.text!;
		const outcome = core.numbers.outcome(destination);
		const scripted = this.scriptedResponse(outcome);
		if (scripted !== undefined) return scripted;

		const { upstreamProviders } = settings;
		const upstream = upstreamProviders[this.accepted % upstreamProviders.length];
		const verdict = flooding.check(destination, text, upstream);
		if (verdict === 'reject') return codedError(settings, 60);
		if (verdict === 'pass') {
			this.accepted++;
			return success(send, upstream, this.accept(send, outcome, upstream, admin));
		}
		return success(send, upstream, settings.droppedHasId ? randomUUID() : undefined);
	}

	/** Checks in the order of docs/providers/namirial.md section 10. */
	private rejection({
		destination,
		text,
		reference,
		webhook,
	}: SendBody): ProviderResponse | undefined {
		const { settings } = this.services;
		if (!DESTINATION.test(destination ?? '')) return codedError(settings, 56);
		if (!text) return codedError(settings, 66);
		if (text.length > MAX_TEXT_LENGTH) {
			return badRequest(settings, `text is longer than ${MAX_TEXT_LENGTH} characters`);
		}
		if (reference && Object.keys(reference).length > 0) {
			if (!settings.services.includes(reference.service ?? '')) return codedError(settings, 59);
		}
		if (hasForbiddenLink(text, settings.allowedHosts)) return codedError(settings, 74);
		if (!webhook) return undefined;
		const { url = '', authentication } = webhook;
		if (!this.isWebhookAddress(url)) return badRequest(settings, 'webhook.url is not https');
		if (!authentication && !settings.requireWebhookAuthentication) return undefined;
		return authentication?.type === 'NONE'
			? undefined
			: badRequest(settings, 'webhook.authentication.type is not NONE');
	}

	private isWebhookAddress(url: string): boolean {
		if (!URL.canParse(url)) return false;
		const { protocol } = new URL(url);
		if (protocol === 'https:') return true;
		return protocol === 'http:' && this.services.settings.allowLoopbackHttp && isLoopback(url);
	}

	/** Returns the response that the number's outcome defines for the request itself. */
	private scriptedResponse(
		outcome: string,
	): ProviderResponse | Promise<ProviderResponse> | undefined {
		const { settings } = this.services;
		if (CANNOT_RECEIVE.includes(outcome)) return codedError(settings, 8);
		const code = /^code(\d+)$/.exec(outcome)?.[1];
		if (code !== undefined) return codedError(settings, Number(code));
		if (outcome === 'hang') return new Promise<ProviderResponse>(() => {});
		if (outcome !== 'plain500') return undefined;
		return {
			status: 500,
			headers: { 'Content-Type': 'text/html' },
			body: '<html><body><h1>Internal Server Error</h1></body></html>',
		};
	}

	/** Stores the message and starts its lifecycle. @returns its id */
	private accept(send: SendBody, outcome: string, upstream: string, admin: boolean): string {
		const { core, settings, lifecycle } = this.services;
		const { channel } = scenarioOf(outcome);
		const at = timestamp(settings);
		const message: WireMessage = {
			id: randomUUID(),
			providerAcceptanceAt: at,
			statusChangedAt: at,
			...(send.reference || settings.emptyReference ? { reference: send.reference ?? {} } : {}),
			channel,
			status: 'PROVIDER_ACCEPTANCE',
			provider: { name: upstream, id: randomUUID(), status: 'accepted', code: '0' },
			...(channel === 'SMS' || settings.smsInRcs
				? { sms: { segments: countSegments(send.text!) } }
				: {}),
		};
		const detail: NamirialDetail = {
			message,
			webhook: send.webhook ? { url: send.webhook.url!, configurationId: randomUUID() } : null,
			account: admin ? (send.account ?? null) : null,
			lra: admin ? (send.lra ?? null) : null,
			businessRelationId: send.businessRelationId ?? null,
		};
		const stored = core.messages.add({
			provider: 'namirial',
			id: message.id,
			direction: 'out',
			kind: channel === 'RCS' ? 'rcs' : 'sms',
			from: settings.sender,
			to: send.destination!,
			text: send.text!,
			reference: send.reference?.key ?? null,
			status: 'queued',
			detail: { ...detail },
		});
		lifecycle.start(stored, outcome);
		return message.id;
	}
}

function success(
	{ detailed }: SendBody,
	provider: string,
	id: string | undefined,
): ProviderResponse {
	return json(200, {
		message: '0: Accepted for delivery',
		...(detailed ? { provider } : {}),
		...(id === undefined ? {} : { id }),
	});
}

function hasForbiddenLink(text: string, allowed: string[] | null): boolean {
	if (allowed === null) return false;
	const links = text.match(/https?:\/\/[^\s]+/gi) ?? [];
	return links.some((link) => !URL.canParse(link) || !allowed.includes(new URL(link).hostname));
}
