/**
 * The messages, postbacks and providers on the page, kept up to date by Server-Sent Events.
 * Listeners receive changes: { kind: 'message' | 'postback' | 'reset', record }.
 */
const HUES = ['#2463c5', '#17795a', '#c2570c', '#8b3fb5', '#b3265c', '#4d6a12'];

const messages = new Map();
const postbacks = new Map();
const providers = new Map();
const listeners = [];

export const store = {
	messages: () => [...messages.values()].sort((a, b) => a.sequence - b.sequence),
	postbacks: () => [...postbacks.values()].reverse(),
	providers: () => [...providers.values()],
	provider: (name) => providers.get(name) ?? { name, title: name, hue: HUES[0] },
	onChange: (listener) => listeners.push(listener),
};

const notify = (change) => listeners.forEach((listener) => listener(change));

/** Calls the control API. @throws Error with its error text, or if it does not respond */
export async function control(method, path, body) {
	const response = await fetch(`/control/${path}`, {
		method,
		headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	}).catch(() => {
		throw new Error('The sandbox does not respond. Is it still running?');
	});
	const result = await response.json();
	if (!response.ok) throw new Error(result.error);
	return result;
}

const RECONNECT_MS = 1_000;

/**
 * Loads the state and receives changes. If the connection is lost, it connects again.
 *
 * `onConnection` is called with `live` and the state, or with `lost`. The promise never settles.
 */
export async function connect(onConnection) {
	for (;;) {
		try {
			const state = await control('GET', 'state');
			state.providers.forEach((provider, index) => {
				// the first word is enough for a tag
				const title = provider.title.split(' ')[0];
				providers.set(provider.name, { ...provider, title, hue: HUES[index % HUES.length] });
			});
			await receiveChanges(() => onConnection('live', state));
		} catch {
			// it does not respond yet
		}
		onConnection('lost');
		await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
	}
}

/** Receives changes until the connection is lost. */
async function receiveChanges(onOpen) {
	const events = new EventSource('/control/events?replay=1');
	events.onopen = onOpen;
	events.addEventListener('message', ({ data }) => {
		const record = JSON.parse(data);
		messages.set(`${record.provider} ${record.id}`, record);
		notify({ kind: 'message', record });
	});
	events.addEventListener('postback', ({ data }) => {
		const record = JSON.parse(data);
		postbacks.set(record.id, record);
		notify({ kind: 'postback', record });
	});
	events.addEventListener('reset', () => {
		messages.clear();
		postbacks.clear();
		notify({ kind: 'reset' });
	});
	await new Promise((resolve) => {
		events.onerror = resolve;
	});
	// an EventSource does not always connect again by itself
	events.close();
}
