import type { StoredMessage } from '../messages';
import { numberKey } from '../numbers';
import type { HandsetReply } from '../simulator';
import type { Account } from './account';
import { incomingMms, incomingSms } from './notices';
import { PROVIDER } from './provider';

/**
 * Receives a message from a handset: an MMS if it has pictures, else an SMS. STOP is posted like
 * any other text, and also ends the subscriptions.
 */
export function receive(account: Account, reply: HandsetReply): StoredMessage {
	const { core, settings, ids } = account;
	const from = numberKey(reply.from);
	const last = core.messages.list({ provider: PROVIDER, direction: 'out', handset: from }).pop();
	const to = reply.to ?? String(last?.detail.shortCode ?? settings.senders[0]);
	const mediaUrls = reply.mediaUrls ?? [];
	const isMms = mediaUrls.length > 0;
	const id = isMms ? ids.inbox() : ids.transaction();
	const message = core.messages.add({
		provider: PROVIDER,
		id,
		direction: 'in',
		kind: isMms ? 'mms' : 'sms',
		from,
		to,
		text: reply.text,
		mediaUrls,
		inReplyTo: last?.id ?? null,
		status: 'received',
	});
	if (isMms) {
		account.inbox.add(id);
		const mms = { from, to, id, subject: reply.text, files: mediaUrls };
		if (settings.mmsMo) account.notifier.send(incomingMms(settings, mms));
	} else {
		const sms = { from, to, id, text: reply.text };
		if (settings.smsMo) account.notifier.send(incomingSms(settings, sms));
		handleStop(account, from, to, reply.text);
	}
	return message;
}

/** STOP ends the subscriptions with this short code, STOP ALL ends all of them. */
function handleStop(account: Account, from: string, to: string, text: string): void {
	const words = text.trim().replace(/\s+/g, ' ').toUpperCase();
	if (words !== 'STOP' && words !== 'STOP ALL') return;
	const { settings, subscriptions, core } = account;
	for (const campaign of settings.campaigns) {
		const applies = words === 'STOP ALL' || campaign.shortCode === to;
		if (applies && subscriptions.isActive(campaign.ref, from)) {
			subscriptions.end(campaign, from, 'MO');
		}
	}
	if (settings.stopBlacklists) core.numbers.set(from, 'optedOut');
}
