import { clockTime, element, facts, providerTag } from './dom.js';
import { store } from './store.js';

const WORDS = { waiting: 'waiting', retrying: 'again', failed: 'failed', refused: 'refused' };

/** One postback: what went where, how it was answered, and on a click all of it. */
export function postbackRow(postback) {
	const { attempts, state } = postback;
	const last = attempts.at(-1);
	const badge = last?.status ?? (last ? 'no answer' : WORDS[state]);
	const times = attempts.length > 1 ? `${attempts.length} tries\n` : '';
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
				element('span', { class: 'where' }, address(postback.url)),
			),
			element(
				'div',
				{ class: 'more' },
				part('Sent to', element('pre', {}, postback.url)),
				state === 'refused' &&
					element('p', {}, 'Not sent: the sandbox writes to addresses on this machine only.'),
				part('Body', body(postback)),
				part('Headers', element('pre', {}, lines(postback.headers))),
				attempts.map((attempt, index) =>
					part(
						attempts.length > 1 ? `Answer ${index + 1}` : 'Answer',
						element('pre', {}, answer(attempt)),
					),
				),
			),
		),
	);
}

function part(title, content) {
	return element('div', {}, element('h3', {}, title), content);
}

/** Form fields as a table, JSON indented, anything else as it went. */
function body({ body: text, headers }) {
	const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
	const looksLikeForm = /^[\w.]+=/.test(text) && !text.trimStart().startsWith('<');
	if (type?.includes('urlencoded') && looksLikeForm) {
		const fields = [...new URLSearchParams(text)].map(([name, value]) => [
			name,
			value || '(empty)',
		]);
		return facts(Object.fromEntries(fields));
	}
	try {
		return element('pre', {}, JSON.stringify(JSON.parse(text), null, 2));
	} catch {
		return element('pre', {}, text || '(empty)');
	}
}

function answer({ status, error, durationMs, body: text, at }) {
	const first = status === null ? `No answer: ${error}` : `${status} after ${durationMs} ms`;
	return `${clockTime(at)}  ${first}\n${text}`.trim();
}

function lines(headers) {
	return Object.entries(headers)
		.filter(([, value]) => value !== '')
		.map(([name, value]) => `${name}: ${value}`)
		.join('\n');
}

function address(url) {
	return URL.canParse(url) ? new URL(url).host + new URL(url).pathname : url;
}
