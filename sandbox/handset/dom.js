/** An element with attributes and children; false, null and undefined are left out of both. */
export function element(name, attributes = {}, ...children) {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes)) {
		if (value === false || value === null || value === undefined) continue;
		if (key.startsWith('--')) made.style.setProperty(key, value);
		else made.setAttribute(key, value === true ? '' : value);
	}
	made.append(...children.flat(Infinity).filter((child) => child || child === 0 || child === ''));
	return made;
}

export const byId = (id) => document.getElementById(id);

/** `14:07:09` */
export function clockTime(iso) {
	return new Date(iso).toLocaleTimeString('en-GB');
}

/** The country codes of one and of two digits; all others have three. */
const COUNTRY_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

/** Digits as people read them: `+1 757 555 0142`; short codes and names stay as they are. */
export function readable(number) {
	const digits = number.replace(/^(?:\+|011|00)/, '');
	if (!/^\d{7,}$/.test(digits)) return number;
	const [code] = COUNTRY_CODE.exec(digits);
	const rest = digits.slice(code.length);
	const groups = rest.length % 4 === 0 ? /\d{4}/g : /\d{3}(?=\d{3})|\d+/g;
	return ['+' + code, ...rest.match(groups)].join(' ');
}

/** Pairs as a definition list; pairs without a value are left out. */
export function facts(pairs) {
	return element(
		'dl',
		{ class: 'facts' },
		Object.entries(pairs)
			.filter(([, value]) => value !== null && value !== undefined && value !== '')
			.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)]),
	);
}

/** The provider's name, in a colour of its own. */
export function providerTag({ title, hue }) {
	return element('span', { class: 'provider', '--hue': hue }, title);
}
