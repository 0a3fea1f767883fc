/** Creates an element. Attributes and children that are false, null or undefined are omitted. */
export function element(name, attributes = {}, ...children) {
	const created = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (value === false || value === null || value === undefined) continue;
		if (key.startsWith('--')) created.style.setProperty(key, value);
		else created.setAttribute(key, value === true ? '' : value);
	}
	created.append(
		...children.flat(Infinity).filter((child) => child || child === 0 || child === ''),
	);
	return created;
}

export const byId = (id) => document.getElementById(id);

/** Formats a time as `14:07:09`. */
export function clockTime(iso) {
	return new Date(iso).toLocaleTimeString('en-GB');
}

/** The country codes with one and two digits; all others have three. */
const COUNTRY_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** Formats a number as `+1 757 555 0142`. Short codes and names are unchanged. */
export function formatNumber(number) {
	const digits = number.replace(/^(?:\+|011|00)/, '');
	if (!/^\d{7,}$/.test(digits)) return number;
	const [code] = COUNTRY_CODE.exec(digits);
	const rest = digits.slice(code.length);
	const groups = rest.length % 4 === 0 ? /\d{4}/g : /\d{3}(?=\d{3})|\d+/g;
	return ['+' + code, ...rest.match(groups)].join(' ');
}

/** Returns a definition list. Entries without a value are omitted. */
export function definitionList(pairs) {
	return element(
		'dl',
		{ class: 'facts' },
		Object.entries(pairs)
			.filter(([, value]) => value !== null && value !== undefined && value !== '')
			.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
	);
}

/** Returns the provider's name in its color. */
export function providerTag({ title, hue }) {
	return element('span', { class: 'provider', '--hue': hue }, title);
}
