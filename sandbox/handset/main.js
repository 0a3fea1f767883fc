import { bubble, summary } from './bubble.js';
import { byId, clockTime, element, readable } from './dom.js';
import { postbackRow } from './postback.js';
import { connect, control, store } from './store.js';

const QUICK_ANSWERS = ['YES', 'NO', 'STOP'];

/** Where the reader is: the phone in hand, and what has been seen. */
const page = { number: numberInAddress(), scope: 'phone', seen: new Set() };

function numberInAddress() {
	const [, number] = /^\/phone\/([^/]+)/.exec(location.pathname) ?? [];
	return number === undefined ? null : key(decodeURIComponent(number));
}

/** As the sandbox keys handsets: digits of E.164. */
function key(number) {
	return number.replace(/\D/g, '').replace(/^(?:011|00)/, '');
}

function open(number, push = true) {
	page.number = number;
	if (push) history.pushState(null, '', `/phone/${number}`);
	show('phone');
	drawAll();
	if (!matchMedia('(pointer: coarse)').matches) byId('text').focus();
}

function show(view) {
	document.body.dataset.view = view;
	for (const tab of document.querySelectorAll('.tabs button')) {
		tab.setAttribute('aria-current', String(tab.dataset.show === view));
	}
}

const isHere = (message) => message.handset === page.number;
const arrived = ({ direction, status }) =>
	direction === 'out' && !['scheduled', 'queued'].includes(status);
const seenKey = ({ provider, id }) => `${provider} ${id}`;

/* the list of phones */

function drawNumbers() {
	const phones = new Map();
	for (const message of store.messages()) {
		const phone = phones.get(message.handset) ?? { unread: 0 };
		phone.last = message;
		if (isHere(message)) page.seen.add(seenKey(message));
		if (arrived(message) && !page.seen.has(seenKey(message))) phone.unread++;
		phones.set(message.handset, phone);
	}
	if (page.number !== null && !phones.has(page.number)) phones.set(page.number, { unread: 0 });
	const latest = [...phones].sort(
		([, a], [, b]) => (b.last?.sequence ?? Infinity) - (a.last?.sequence ?? Infinity),
	);
	byId('numbers').replaceChildren(...latest.map(([number, phone]) => phoneLink(number, phone)));
	byId('no-numbers').hidden = latest.length > 0;
	const unread = latest.reduce((sum, [, phone]) => sum + phone.unread, 0);
	document.title = `${unread > 0 ? `(${unread}) ` : ''}${
		page.number === null ? 'Handset' : readable(page.number)
	} – SMS sandbox`;
}

function phoneLink(number, { last, unread }) {
	const link = element(
		'a',
		{ href: `/phone/${number}`, 'aria-current': String(number === page.number) },
		element('span', { class: 'number' }, readable(number)),
		element('time', {}, last ? clockTime(last.at) : ''),
		element('span', { class: 'last' }, last ? summary(last) : 'Nothing yet'),
		unread > 0 &&
			element('span', { class: 'unread' }, unread, element('span', { class: 'unseen' }, ' new')),
	);
	link.addEventListener('click', (event) => {
		if (event.metaKey || event.ctrlKey || event.shiftKey) return;
		event.preventDefault();
		open(number);
	});
	return element('li', {}, link);
}

/* the phone */

function drawPhone() {
	byId('phone-title').textContent = page.number === null ? 'No phone yet' : readable(page.number);
	const talk = byId('talk');
	talk.replaceChildren(...store.messages().filter(isHere).map(bubble));
	drawAnswerBox();
	talk.scrollTop = talk.scrollHeight;
	void drawOutcome();
}

/** One message is new or has changed: only its bubble is drawn, and stays open if it was. */
function drawMessage(message) {
	const talk = byId('talk');
	const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
	const old = [...talk.children].find(({ dataset }) => dataset.id === message.id);
	const drawn = bubble(message);
	if (old === undefined) {
		drawn.classList.add('new');
		talk.append(drawn);
	} else {
		drawn.querySelector('details').open = old.querySelector('details').open;
		old.replaceWith(drawn);
	}
	if (atEnd || message.direction === 'in') talk.scrollTop = talk.scrollHeight;
	drawAnswerBox();
}

/** Whom this phone can write to: who wrote to it, the last first, then the accounts' other numbers. */
function correspondents() {
	const found = new Map();
	const add = (provider, number) => {
		if (provider.takesReplies && number)
			found.set(`${provider.name} ${number}`, { provider, number });
	};
	for (const message of store.messages().filter(isHere).reverse()) {
		const { provider, direction, from, to } = message;
		add(store.provider(provider), direction === 'out' ? from : to);
	}
	for (const provider of store.providers()) {
		const { numbers } = provider.settings;
		for (const number of Array.isArray(numbers) ? numbers : []) add(provider, number);
	}
	return found;
}

function drawAnswerBox() {
	const others = correspondents();
	const select = byId('to');
	const chosen =
		select.dataset.number === page.number && select.dataset.touched ? select.value : '';
	select.replaceChildren(
		...[...others].map(([value, { provider, number }]) =>
			element(
				'option',
				{ value, selected: value === chosen },
				`${provider.title} ${readable(number)}`,
			),
		),
	);
	if (select.dataset.number !== page.number) delete select.dataset.touched;
	select.dataset.number = page.number ?? '';
	const silent = page.number === null || others.size === 0;
	byId('to-label').hidden = silent || others.size < 2;
	for (const control of byId('answer').querySelectorAll('button, textarea')) {
		control.disabled = silent;
	}
	byId('text').placeholder =
		page.number !== null && silent ? 'Nobody here takes answers' : 'Text message';
}

async function drawOutcome() {
	const select = byId('outcome');
	byId('fate').hidden = page.number === null;
	const { outcomes, numbers } = await control('GET', 'numbers');
	const current = numbers.find(({ number }) => number === page.number)?.outcome ?? 'delivered';
	const words = { ...outcomes, [current]: outcomes[current] ?? current };
	const labels = {
		delivered: 'arrive',
		undelivered: 'are not delivered',
		rejected: 'are refused when sent',
		landline: 'meet a landline',
		optedOut: 'meet an opt-out',
		noReceipt: 'give no receipt',
	};
	select.replaceChildren(
		...Object.keys(words).map((outcome) =>
			element(
				'option',
				{ value: outcome, selected: outcome === current, title: words[outcome] },
				labels[outcome] ?? outcome,
			),
		),
	);
}

async function answer(text) {
	const partner = correspondents().get(byId('to').value);
	if (partner === undefined || text.trim() === '') return;
	byId('problem').textContent = '';
	try {
		await control('POST', 'reply', {
			provider: partner.provider.name,
			from: page.number,
			to: partner.number,
			text,
		});
	} catch (error) {
		byId('problem').textContent = error.message;
		return;
	}
	// what was typed meanwhile stays
	if (byId('text').value === text) byId('text').value = '';
}

/* postbacks */

const inScope = ({ handset }) => page.scope === 'all' || handset === page.number;

function drawPostbacks() {
	const rows = store.postbacks().filter(inScope).map(postbackRow);
	byId('postbacks').replaceChildren(...rows);
	byId('no-postbacks').hidden = rows.length > 0;
}

function drawPostback(postback) {
	if (!inScope(postback)) return;
	const list = byId('postbacks');
	const old = [...list.children].find(({ dataset }) => dataset.id === postback.id);
	const drawn = postbackRow(postback);
	if (old === undefined) {
		list.prepend(drawn);
	} else {
		drawn.querySelector('details').open = old.querySelector('details').open;
		old.replaceWith(drawn);
	}
	byId('no-postbacks').hidden = true;
}

/* everything */

function drawAll() {
	drawNumbers();
	drawPhone();
	drawPostbacks();
}

/** Beyond this, drawing everything at once is quicker than one by one: a page that was reloaded. */
const MANY = 40;
let changes = [];

store.onChange((change) => {
	if (changes.push(change) === 1) setTimeout(drawChanges, 16);
});

function drawChanges() {
	const drawn = changes;
	changes = [];
	const idle = page.number === null;
	// the first phone that something happens on is picked up
	page.number ??= drawn.find(({ kind }) => kind === 'message')?.record.handset ?? null;
	if (idle || drawn.length > MANY || drawn.some(({ kind }) => kind === 'reset')) {
		drawAll();
		return;
	}
	for (const { kind, record } of drawn) {
		if (kind === 'postback') drawPostback(record);
		else if (isHere(record)) drawMessage(record);
	}
	drawNumbers();
}

byId('quick').append(
	...QUICK_ANSWERS.map((text) => {
		const button = element('button', { type: 'button' }, text);
		button.addEventListener('click', () => void answer(text));
		return button;
	}),
);
byId('answer').addEventListener('submit', (event) => {
	event.preventDefault();
	void answer(byId('text').value);
});
byId('text').addEventListener('keydown', (event) => {
	// with Shift it is a new line, and while a character is being composed it ends that
	if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
	event.preventDefault();
	void answer(event.target.value);
});
byId('to').addEventListener('change', ({ target }) => {
	target.dataset.touched = 'yes';
});
byId('outcome').addEventListener('change', async ({ target }) => {
	await control('PUT', `numbers/${page.number}`, { outcome: target.value });
});
byId('open').addEventListener('submit', (event) => {
	event.preventDefault();
	const number = key(byId('open-number').value);
	if (number === '') return;
	byId('open-number').value = '';
	open(number);
});
document.querySelector('.switch').addEventListener('change', ({ target }) => {
	page.scope = target.value;
	drawPostbacks();
});
document.querySelector('.tabs').addEventListener('click', ({ target }) => {
	if (target.dataset.show) show(target.dataset.show);
});
byId('reset').addEventListener('click', async () => {
	await control('POST', 'reset');
	byId('speed').value = '1';
	byId('step').hidden = true;
});
byId('speed').addEventListener('change', async ({ target }) => {
	await control('PUT', 'pace', { clockScale: Number(target.value) });
	byId('step').hidden = target.value !== '0';
});
byId('step').addEventListener('click', async () => await control('POST', 'advance', { ms: 1_200 }));
addEventListener('popstate', () => open(numberInAddress(), false));

const tick = () => {
	byId('clock').textContent = clockTime(new Date()).slice(0, 5);
};
tick();
setInterval(tick, 5_000);

drawAll();
const state = await connect((connection) => {
	byId('live').dataset.state = connection;
	byId('live').textContent = connection === 'live' ? 'live' : 'connection lost, trying again';
});
const scale = String(state.clock.scale);
if (![...byId('speed').options].some(({ value }) => value === scale)) {
	byId('speed').append(element('option', { value: scale }, `${scale} times`));
}
byId('speed').value = scale;
byId('step').hidden = scale !== '0';
