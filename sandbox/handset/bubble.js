import { clockTime, element, definitionList, providerTag, formatNumber } from './dom.js';
import { store } from './store.js';

const STATUS_LABELS = {
	scheduled: 'scheduled',
	queued: 'sending',
	sent: 'sent',
	delivered: 'delivered',
	read: 'read',
	undelivered: 'not delivered',
	failed: 'failed',
	canceled: 'canceled',
	received: 'received',
};
const PENDING_STATUSES = ['scheduled', 'queued'];
const FAILED_STATUSES = ['undelivered', 'failed', 'canceled'];

const CLOCK = 'M8 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 1 0 0-9M8 3.6V6l1.7 1';
const ONE_TICK = 'm4 6.4 2.6 2.6L12 3';
const TWO_TICKS = 'm1 6.4 2.6 2.6L9 3M7.2 8.6l.6.4L14 3';
const CROSS = 'm4.5 2.5 7 7m0-7-7 7';

/** Returns a message on the phone: sender, text, pictures, status and details. */
export function bubble(message) {
	const incoming = message.direction === 'in';
	const classes = ['message', message.direction];
	if (PENDING_STATUSES.includes(message.status)) classes.push('pending');
	if (FAILED_STATUSES.includes(message.status)) classes.push('lost');
	return element(
		'li',
		{ class: classes.join(' '), 'data-id': message.id, 'data-status': message.status },
		element(
			'p',
			{ class: 'sender' },
			providerTag(store.provider(message.provider)),
			incoming ? `to ${formatNumber(message.to)}` : formatNumber(message.from),
			message.kind === 'sms' ? '' : element('span', {}, message.kind.toUpperCase()),
		),
		element(
			'div',
			{ class: 'bubble' },
			message.subject && element('strong', { class: 'subject' }, message.subject),
			message.mediaUrls.length > 0 &&
				element('div', { class: 'media' }, message.mediaUrls.map(mediaElement)),
			message.text,
		),
		statusDetails(message),
	);
}

/** Shows pictures of the sandbox. Media of other origins are not loaded; their address is shown. */
function mediaElement(url) {
	const isLocal =
		url.startsWith('data:image/') || new URL(url, location).origin === location.origin;
	if (isLocal) return element('img', { src: url, alt: 'Picture in the message' });
	const name = url.startsWith('data:') ? url.slice(5, url.indexOf(';')) : url;
	return element('span', { class: 'file' }, name);
}

function statusDetails(message) {
	const { status, history, detail } = message;
	const steps = history.map((step) =>
		element(
			'li',
			{},
			[clockTime(step.at), STATUS_LABELS[step.status], step.detail].filter(Boolean).join(' '),
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
			message.direction === 'out' && STATUS_LABELS[status],
		),
		definitionList({
			Id: message.id,
			Reference: message.reference,
			'Reply to': message.inReplyTo,
			Segments: detail.segments,
			History: element('ol', {}, steps),
		}),
	);
}

function ticks(status) {
	const paths = {
		scheduled: CLOCK,
		queued: CLOCK,
		sent: ONE_TICK,
		delivered: TWO_TICKS,
		read: TWO_TICKS,
	};
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	svg.setAttribute('class', 'ticks');
	svg.setAttribute('viewBox', '0 0 16 12');
	svg.setAttribute('aria-hidden', 'true');
	const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
	path.setAttribute('d', paths[status] ?? CROSS);
	svg.append(path);
	return svg;
}

/** Returns a message as one line for the list of phones. */
export function summary(message) {
	const text = message.text || (message.mediaUrls.length > 0 ? 'Picture' : '');
	return message.direction === 'in' ? `You: ${text}` : text;
}
