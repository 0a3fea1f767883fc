import { clockTime, element, definitionList, providerTag } from './dom.js';
import { store } from './store.js';

const STATE_LABELS = {
	waiting: 'waiting',
	retrying: 'retrying',
	failed: 'failed',
	refused: 'blocked',
};

/** Returns a postback: kind, address and status, and all details when it is opened. */
export function postbackRow(postback) {
	const { attempts, state } = postback;
	const last = attempts.at(-1);
	const badge = last?.status ?? (last ? 'no response' : STATE_LABELS[state]);
	const times = attempts.length > 1 ? `${attempts.length} attempts\n` : '';
	return element(
		'li',
		{ 'data-id': postback.id },
		element(
			'details',
			{ class: 'postback' },
			element(
				'summary',
				{},
				element('span', { class: 'badge', 'data-state': state }, String(badge)),
				element(
					'span',
					{ class: 'kind' },
					element('span', {}, postback.kind),
					providerTag(store.provider(postback.provider)),
				),
				element(
					'span',
					{ class: 'when' },
					`${clockTime(postback.at)}\n${times}${last ? `${last.durationMs} ms` : ''}`,
				),
				element('span', { class: 'where' }, displayUrl(postback.url)),
			),
			element(
				'div',
				{ class: 'more' },
				section('Sent to', element('pre', {}, postback.url)),
				state === 'refused' &&
					element(
						'p',
						{},
						'Not sent. The sandbox sends postbacks only to addresses on this machine.',
					),
				section('Body', body(postback)),
				section('Headers', element('pre', {}, lines(postback.headers))),
				attempts.map((attempt, index) =>
					section(
						attempts.length > 1 ? `Response ${index + 1}` : 'Response',
						element('pre', {}, responseText(attempt)),
					),
				),
			),
		),
	);
}

function section(title, content) {
	return element('div', {}, element('h3', {}, title), content);
}

/** Shows form fields as a list, JSON indented, and other bodies unchanged. */
function body({ body: text, headers }) {
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	const looksLikeForm = /^[\w.]+=/.test(text) && !text.trimStart().startsWith('<');
	if (type?.includes('urlencoded') && looksLikeForm) {
		const fields = [...new URLSearchParams(text)].map(([name, value]) => [
			name,
			value || '(empty)',
		]);
		return definitionList(Object.fromEntries(fields));
	}
	try {
		return element('pre', {}, JSON.stringify(JSON.parse(text), null, 2));
	} catch {
		return element('pre', {}, text || '(empty)');
	}
}

function responseText({ status, error, durationMs, body: text, at }) {
	const first = status === null ? `No response: ${error}` : `${status} after ${durationMs} ms`;
	return `${clockTime(at)}  ${first}\n${text}`.trim();
}

function lines(headers) {
	return Object.entries(headers)
		.filter(([, value]) => value !== '')
		.map(([name, value]) => `${name}: ${value}`)
		.join('\n');
}

function displayUrl(url) {
	return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : url;
}
