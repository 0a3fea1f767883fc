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

/** Digits as people read them: `+1 757 555 0142`; short codes and names stay as they are. */
export function readable(number) {
	const digits = number.replace(/^(?:\+|011|00)/, '');
	if (!/^\d{7,}$/.test(digits)) return number;
	const american = /^1(\d{3})(\d{3})(\d{4})$/.exec(digits);
	return american === null
		? `+${digits.replace(/(\d{2})(?=(?:\d{3})+$)/, '$1 ').replace(/(\d{3})(?=\d)/g, '$1 ')}`
		: `+1 ${american[1]} ${american[2]} ${american[3]}`;
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
