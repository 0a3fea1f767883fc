import { summary } from './bubble.js';
import { byId, clockTime, element, formatNumber } from './dom.js';

const PHONE_NUMBER = /^[1-9]\d{6,14}$/;

/** Returns a number as its E.164 digits, as the sandbox identifies handsets. */
const numberKey = (number) => number.replace(/\D/g, '').replace(/^(?:011|00)/, '');

/**
 * Returns the E.164 digits of a phone number in any notation.
 * @throws {Error} if it is none
 */
export function phoneNumber(text) {
	const number = numberKey(text);
	if (/^[\d\s+().\-/]*$/.test(text) && PHONE_NUMBER.test(number)) return number;
	throw new Error(
		`“${text.trim()}” is not a phone number. Enter one with its country code, such as +1 757 555 0142.`,
	);
}

/**
 * Returns the phones of these messages, the one with the newest message first. A phone is
 * { number, last, unread, texts }.
 * @param {(message: object) => boolean} isUnread
 * @param {string | null} opened the number of a phone that is in the list without a message, too
 */
export function phonesOf(messages, isUnread, opened) {
	const phones = new Map();
	const phoneOf = (number) => {
		const phone = phones.get(number) ?? { number, unread: 0, texts: [] };
		phones.set(number, phone);
		return phone;
	};
	for (const message of messages) {
		const phone = phoneOf(message.handset);
		phone.last = message;
		phone.texts.push(message.text);
		if (isUnread(message)) phone.unread++;
	}
	if (opened !== null) phoneOf(opened);
	const order = ({ last }) => last?.sequence ?? Infinity;
	return [...phones.values()].sort((a, b) => order(b) - order(a));
}

/** Whether a search finds a phone: by digits of its number, or by words of its messages. */
function isFound({ number, texts }, search) {
	const wanted = search.trim().toLowerCase();
	const digits = numberKey(wanted);
	if (/^[\d\s+().\-/]+$/.test(wanted) && number.includes(digits)) return true;
	return texts.some((text) => text?.toLowerCase().includes(wanted));
}

/**
 * Draws the phones that the search finds.
 * @param {(number: string) => void} open is called when a phone is clicked
 */
export function drawPhones(phones, opened, open) {
	const search = byId('search').value;
	const found = search.trim() === '' ? phones : phones.filter((phone) => isFound(phone, search));
	byId('numbers').replaceChildren(...found.map((phone) => phoneLink(phone, opened, open)));
	byId('search-label').hidden = phones.length === 0;
	byId('no-numbers').hidden = phones.length > 0;
	byId('found').hidden = found.length === phones.length;
	byId('found').textContent =
		found.length === 0 ? 'No phone is found.' : `${found.length} of ${phones.length} phones`;
}

function phoneLink({ number, last, unread }, opened, open) {
	const link = element(
		'a',
		{ href: `/phone/${number}`, 'aria-current': String(number === opened) },
		element('span', { class: 'number' }, formatNumber(number)),
		element('time', {}, last ? clockTime(last.at) : ''),
		element('span', { class: 'last' }, last ? summary(last) : 'No messages'),
		unread > 0 &&
			element(
				'span',
				{ class: 'unread' },
				unread,
				element('span', { class: 'visually-hidden' }, ' new'),
			),
	);
	link.addEventListener('click', (event) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey) return;
		event.preventDefault();
		open(number);
	});
	return element('li', {}, link);
}
