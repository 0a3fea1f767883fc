import { clockTime, element, facts, providerTag, readable } from './dom.js';
import { store } from './store.js';

const WORDS = {
	scheduled: 'scheduled',
	queued: 'on its way',
	sent: 'sent',
	delivered: 'delivered',
	read: 'read',
	undelivered: 'not delivered',
	failed: 'failed',
	canceled: 'canceled',
	received: 'received',
};
const PENDING = ['scheduled', 'queued'];
const LOST = ['undelivered', 'failed', 'canceled'];

const CLOCK = 'M8 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M8 3.6V6l1.7 1';
const ONE = 'm4 6.4 2.6 2.6L12 3';
const TWO = 'm1 6.4 2.6 2.6L9 3M7.2 8.6l.6.4L14 3';
const CROSS = 'm4.5 2.5 7 7m0-7-7 7';

/** One message on the phone: sender, text and pictures, what became of it, and all we know of it. */
export function bubble(message) {
	const incoming = message.direction === 'in';
	const classes = ['message', message.direction];
	if (PENDING.includes(message.status)) classes.push('pending');
	if (LOST.includes(message.status)) classes.push('lost');
	return element(
		'li',
		{ class: classes.join(' '), 'data-id': message.id, 'data-status': message.status },
		element(
			'p',
			{ class: 'sender' },
			providerTag(store.provider(message.provider)),
			incoming ? `to ${readable(message.to)}` : readable(message.from),
			message.kind === 'sms' ? '' : element('span', {}, message.kind.toUpperCase()),
		),
		element(
			'div',
			{ class: 'bubble' },
			message.subject && element('strong', { class: 'subject' }, message.subject),
			message.mediaUrls.length > 0 &&
				element('div', { class: 'media' }, message.mediaUrls.map(medium)),
			message.text,
		),
		fate(message),
	);
}

/** Pictures of the sandbox are shown; an address elsewhere is only named: nothing is loaded from there. */
function medium(url) {
	const own = url.startsWith('data:image/') || new URL(url, location).origin === location.origin;
	if (own) return element('img', { src: url, alt: 'Picture in the message' });
	const name = url.startsWith('data:') ? url.slice(5, url.indexOf(';')) : url;
	return element('span', { class: 'file' }, name);
}

function fate(message) {
	const { status, history, detail } = message;
	const steps = history.map((step) =>
		element(
			'li',
			{},
			[clockTime(step.at), WORDS[step.status], step.detail].filter(Boolean).join(' '),
		),
	);
	return element(
		'details',
		{ class: 'state', 'data-status': status },
		element(
			'summary',
			{},
			clockTime(message.at),
			message.direction === 'out' && ticks(status),
			message.direction === 'out' && WORDS[status],
		),
		facts({
			Id: message.id,
			Reference: message.reference,
			Answers: message.inReplyTo,
			Segments: detail.segments,
			History: element('ol', {}, steps),
		}),
	);
}

function ticks(status) {
	const paths = { scheduled: CLOCK, queued: CLOCK, sent: ONE, delivered: TWO, read: TWO };
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	svg.setAttribute('class', 'ticks');
	svg.setAttribute('viewBox', '0 0 16 12');
	svg.setAttribute('aria-hidden', 'true');
	const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
	path.setAttribute('d', paths[status] ?? CROSS);
	svg.append(path);
	return svg;
}

/** In one line, for the list of phones. */
export function summary(message) {
	const text = message.text || (message.mediaUrls.length > 0 ? 'Picture' : '');
	return message.direction === 'in' ? `You: ${text}` : text;
}
