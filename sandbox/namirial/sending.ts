import { randomUUID } from 'node:crypto';
import { isLoopback } from '../postbacks';
import type { Answer, Core } from '../simulator';
import { badRequest, codedError, json } from './answers';
import type { Flooding } from './flooding';
import { courseOf, type Life } from './life';
import type { NamirialDetail, WireMessage } from './message';
import { flawOf, type SendBody } from './schema';
import { segments } from './segments';
import { timestamp, type NamirialSettings } from './settings';

const DESTINATION = /^\+[1-9]\d{6,14}$/;
const LONGEST_TEXT = 1_600;

/** Outcomes of a number that code 8 stands for: it cannot receive. */
const CANNOT_RECEIVE = ['rejected', 'landline', 'optedOut'];

interface Parts {
	core: Core;
	settings: NamirialSettings;
	flooding: Flooding;
	life: Life;
}

/** Services/send and Admin/send, once the account is known to be good. */
export class Sending {
	/** Messages that went out, for taking the upstream providers in turn. */
	private accepted = 0;

	constructor(private readonly parts: Parts) {}

	clear(): void {
		this.accepted = 0;
	}

	/** @param body undefined where it is no JSON */
	answer(body: unknown, admin: boolean): Answer | Promise<Answer> {
		const { core, settings, flooding } = this.parts;
		const flaw = body === undefined ? 'it is not JSON' : flawOf(body, admin, settings.strictFields);
		if (flaw !== undefined) return badRequest(settings, flaw);
		const send = body as SendBody;
		const refusal = this.refusal(send);
		if (refusal !== undefined) return refusal;

		const destination = send.destination!;
		const text = send.text!;
		const outcome = core.numbers.outcome(destination);
		const scripted = this.scripted(outcome);
		if (scripted !== undefined) return scripted;

		const { upstreamProviders } = settings;
		const upstream = upstreamProviders[this.accepted % upstreamProviders.length];
		const verdict = flooding.judge(destination, text, upstream);
		if (verdict === 'refuse') return codedError(settings, 60);
		if (verdict === 'pass') {
			this.accepted++;
			return success(send, upstream, this.accept(send, outcome, upstream, admin));
		}
		return success(send, upstream, settings.droppedHasId ? randomUUID() : undefined);
	}

	/** In the order of docs/providers/namirial.md section 10. */
	private refusal({ destination, text, reference, webhook }: SendBody): Answer | undefined {
		const { settings } = this.parts;
		if (!DESTINATION.test(destination ?? '')) return codedError(settings, 56);
		if (!text) return codedError(settings, 66);
		if (text.length > LONGEST_TEXT) {
			return badRequest(settings, `text is longer than ${LONGEST_TEXT} characters`);
		}
		if (reference && Object.keys(reference).length > 0) {
			if (!settings.services.includes(reference.service ?? '')) return codedError(settings, 59);
		}
		if (linksElsewhere(text, settings.allowedHosts)) return codedError(settings, 74);
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
		return protocol === 'http:' && this.parts.settings.allowLoopbackHttp && isLoopback(url);
	}

	/** What the script of a number has in store for the request itself. */
	private scripted(outcome: string): Answer | Promise<Answer> | undefined {
		const { settings } = this.parts;
		if (CANNOT_RECEIVE.includes(outcome)) return codedError(settings, 8);
		const code = /^code(\d+)$/.exec(outcome)?.[1];
		if (code !== undefined) return codedError(settings, Number(code));
		if (outcome === 'hang') return new Promise<Answer>(() => {});
		if (outcome !== 'plain500') return undefined;
		return {
			status: 500,
			headers: { 'Content-Type': 'text/html' },
			body: '<html><body><h1>Internal Server Error</h1></body></html>',
		};
	}

	/** Stores the message and begins its life. @returns its id */
	private accept(send: SendBody, outcome: string, upstream: string, admin: boolean): string {
		const { core, settings, life } = this.parts;
		const { channel } = courseOf(outcome);
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
				? { sms: { segments: segments(send.text!) } }
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
		life.start(stored, outcome);
		return message.id;
	}
}

function success({ detailed }: SendBody, provider: string, id: string | undefined): Answer {
	return json(200, {
		message: '0: Accepted for delivery',
		...(detailed ? { provider } : {}),
		...(id === undefined ? {} : { id }),
	});
}

function linksElsewhere(text: string, allowed: string[] | null): boolean {
	if (allowed === null) return false;
	const links = text.match(/https?:\/\/[^\s]+/gi) ?? [];
	return links.some((link) => !URL.canParse(link) || !allowed.includes(new URL(link).hostname));
}
