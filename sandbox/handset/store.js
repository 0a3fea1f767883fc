/**
 * What the page knows: every message and postback, kept up to date by Server-Sent Events, and
 * the providers. `change` tells what is new: { kind: 'message' | 'postback' | 'reset', record }.
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

const tell = (change) => listeners.forEach((listener) => listener(change));

/** Asks the control API; throws an Error with its sentence where it refuses. */
export async function control(method, path, body) {
	const response = await fetch(`/control/${path}`, {
		method,
		headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const answer = await response.json();
	if (!response.ok) throw new Error(answer.error);
	return answer;
}

/** Loads the state, then follows what happens; `onConnection` hears `live` and `lost`. */
export async function connect(onConnection) {
	const state = await control('GET', 'state');
	state.providers.forEach((provider, index) => {
		// a name for a tag: the first word is enough to tell them apart
		const title = provider.title.split(' ')[0];
		providers.set(provider.name, { ...provider, title, hue: HUES[index % HUES.length] });
	});
	const events = new EventSource('/control/events?replay=1');
	events.onopen = () => onConnection('live');
	events.onerror = () => onConnection('lost');
	events.addEventListener('message', ({ data }) => {
		const record = JSON.parse(data);
		messages.set(`${record.provider} ${record.id}`, record);
		tell({ kind: 'message', record });
	});
	events.addEventListener('postback', ({ data }) => {
		const record = JSON.parse(data);
		postbacks.set(record.id, record);
		tell({ kind: 'postback', record });
	});
	events.addEventListener('reset', () => {
		messages.clear();
		postbacks.clear();
		tell({ kind: 'reset' });
	});
	return state;
}
