import { bubble } from './bubble.js';
import { byId, clockTime, element, formatNumber } from './dom.js';
import { drawPhones, phoneNumber, phonesOf } from './phones.js';
import { postbackRow } from './postback.js';
import { connect, control, store } from './store.js';

const QUICK_REPLIES = ['YES', 'NO', 'STOP'];

/** The state of the page: the open phone, the scope of postbacks, and the messages seen. */
const page = { number: numberInUrl(), scope: 'phone', seen: new Set() };

function numberInUrl() {
	const [, number] = /^\/phone\/([^/]+)/.exec(location.pathname) ?? [];
	return number === undefined ? null : readNumber(decodeURIComponent(number));
}

/** Returns the E.164 digits of a phone number, or null after showing why it is none. */
function readNumber(text) {
	byId('open-problem').textContent = '';
	try {
		return phoneNumber(text);
	} catch (error) {
		byId('open-problem').textContent = error.message;
		return null;
	}
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

const isOnPhone = (message) => message.handset === page.number;
const hasArrived = ({ direction, status }) =>
	direction === 'out' && !['scheduled', 'queued'].includes(status);
const seenKey = ({ provider, id }) => `${provider} ${id}`;

/* the list of phones */

function drawNumbers() {
	const messages = store.messages();
	for (const message of messages.filter(isOnPhone)) page.seen.add(seenKey(message));
	const isUnread = (message) => hasArrived(message) && !page.seen.has(seenKey(message));
	const phones = phonesOf(messages, isUnread, page.number);
	drawPhones(phones, page.number, open);
	const unread = phones.reduce((sum, phone) => sum + phone.unread, 0);
	document.title = `${unread > 0 ? `(${unread}) ` : ''}${
		page.number === null ? 'Handset' : formatNumber(page.number)
	} – SMS sandbox`;
}

/* the phone */

function drawPhone() {
	byId('phone-title').textContent =
		page.number === null ? 'No phone yet' : formatNumber(page.number);
	const messageList = byId('messages');
	messageList.replaceChildren(...store.messages().filter(isOnPhone).map(bubble));
	drawReplyForm();
	messageList.scrollTop = messageList.scrollHeight;
	void drawOutcome();
}

/** Draws a new or changed message; its details stay open. */
function drawMessage(message) {
	const messageList = byId('messages');
	const atEnd = messageList.scrollHeight - messageList.scrollTop - messageList.clientHeight < 80;
	const old = [...messageList.children].find(({ dataset }) => dataset.id === message.id);
	const drawn = bubble(message);
	if (old === undefined) {
		drawn.classList.add('new');
		messageList.append(drawn);
	} else {
		drawn.querySelector('details').open = old.querySelector('details').open;
		old.replaceWith(drawn);
	}
	if (atEnd || message.direction === 'in') messageList.scrollTop = messageList.scrollHeight;
	drawReplyForm();
}

/** Returns the numbers that this phone can text: its latest senders, then the accounts' numbers. */
function correspondents() {
	const contacts = new Map();
	const add = (provider, number) => {
		if (provider.takesReplies && number)
			contacts.set(`${provider.name} ${number}`, { provider, number });
	};
	for (const message of store.messages().filter(isOnPhone).reverse()) {
		const { provider, direction, from, to } = message;
		add(store.provider(provider), direction === 'out' ? from : to);
	}
	for (const provider of store.providers()) {
		const { numbers } = provider.settings;
		for (const number of Array.isArray(numbers) ? numbers : []) add(provider, number);
	}
	return contacts;
}

function drawReplyForm() {
	const contacts = correspondents();
	const select = byId('to');
	const chosen =
		select.dataset.number === page.number && select.dataset.touched ? select.value : '';
	select.replaceChildren(
		...[...contacts].map(([value, { provider, number }]) =>
			element(
				'option',
				{ value, selected: value === chosen },
				`${provider.title} ${formatNumber(number)}`,
			),
		),
	);
	if (select.dataset.number !== page.number) delete select.dataset.touched;
	select.dataset.number = page.number ?? '';
	const disabled = page.number === null || contacts.size === 0;
	byId('to-label').hidden = disabled || contacts.size < 2;
	for (const control of byId('reply').querySelectorAll('button, textarea')) {
		control.disabled = disabled;
	}
	byId('text').placeholder =
		page.number !== null && disabled ? 'No provider receives replies' : 'Text message';
}

async function drawOutcome() {
	const select = byId('outcome');
	byId('outcome-label').hidden = page.number === null;
	const { outcomes, numbers } = await control('GET', 'numbers');
	const current = numbers.find(({ number }) => number === page.number)?.outcome ?? 'delivered';
	const descriptions = { ...outcomes, [current]: outcomes[current] ?? current };
	const labels = {
		delivered: 'are delivered',
		undelivered: 'are not delivered',
		rejected: 'are rejected when sent',
		landline: 'go to a landline',
		optedOut: 'are rejected: opted out',
		noReceipt: 'get no receipt',
	};
	select.replaceChildren(
		...Object.keys(descriptions).map((outcome) =>
			element(
				'option',
				{ value: outcome, selected: outcome === current, title: descriptions[outcome] },
				labels[outcome] ?? outcome,
			),
		),
	);
}

async function sendReply(text) {
	const contact = correspondents().get(byId('to').value);
	if (contact === undefined || text.trim() === '') return;
	byId('problem').textContent = '';
	try {
		await control('POST', 'reply', {
			provider: contact.provider.name,
			from: `+${page.number}`,
			to: contact.number,
			text,
		});
	} catch (error) {
		byId('problem').textContent = error.message;
		return;
	}
	// keep text that was typed in the meantime
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

/** For more changes than this, for example after a reload, redrawing everything is faster. */
const MAX_SINGLE_CHANGES = 40;
let changes = [];

store.onChange((change) => {
	if (changes.push(change) === 1) setTimeout(drawChanges, 16);
});

function drawChanges() {
	const batch = changes;
	changes = [];
	const noPhoneOpen = page.number === null;
	// open the first phone that has a message
	page.number ??= batch.find(({ kind }) => kind === 'message')?.record.handset ?? null;
	if (
		noPhoneOpen ||
		batch.length > MAX_SINGLE_CHANGES ||
		batch.some(({ kind }) => kind === 'reset')
	) {
		drawAll();
		return;
	}
	for (const { kind, record } of batch) {
		if (kind === 'postback') drawPostback(record);
		else if (isOnPhone(record)) drawMessage(record);
	}
	drawNumbers();
}

byId('quick').append(
	...QUICK_REPLIES.map((text) => {
		const button = element('button', { type: 'button' }, text);
		button.addEventListener('click', () => void sendReply(text));
		return button;
	}),
);
byId('reply').addEventListener('submit', (event) => {
	event.preventDefault();
	void sendReply(byId('text').value);
});
byId('text').addEventListener('keydown', (event) => {
	// Shift+Enter inserts a line break, and Enter during composition ends the composition
	if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
	event.preventDefault();
	void sendReply(event.target.value);
});
byId('to').addEventListener('change', ({ target }) => {
	target.dataset.touched = 'yes';
});
byId('outcome').addEventListener('change', async ({ target }) => {
	await control('PUT', `numbers/${page.number}`, { outcome: target.value });
});
byId('open').addEventListener('submit', (event) => {
	event.preventDefault();
	const number = readNumber(byId('open-number').value);
	if (number === null) return;
	byId('open-number').value = '';
	open(number);
});
byId('search').addEventListener('input', drawNumbers);
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
addEventListener('popstate', () => open(numberInUrl(), false));

const tick = () => {
	byId('clock').textContent = clockTime(new Date()).slice(0, 5);
};
tick();
setInterval(tick, 5_000);

drawAll();
await connect((connection, state) => {
	byId('live').dataset.state = connection;
	byId('live').textContent = connection === 'live' ? 'live' : 'connection lost, reconnecting';
	if (connection === 'live') showSpeed(String(state.clock.scale));
});

function showSpeed(scale) {
	if (![...byId('speed').options].some(({ value }) => value === scale)) {
		byId('speed').append(element('option', { value: scale }, `${scale} times`));
	}
	byId('speed').value = scale;
	byId('step').hidden = scale !== '0';
}
