/**
 * n8n's own REST interface, as its editor uses it: enough to set up an owner, to load credentials
 * and workflows, to publish them and to read what an execution did.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const SETTLED_IN_MS = 60_000;

/** The account on every n8n here; its password is of the installation. */
export const localOwner = {
	email: 'owner@sms-gateways.example',
	firstName: 'Local',
	lastName: 'Owner',
};

/** A password that n8n takes: long, with a capital and a digit. */
export const newPassword = () => `A1-${randomUUID()}`;

/** Of an n8n that lives no longer than this process. */
export const passingPassword = newPassword();

/**
 * Signs in as the local owner, whom it creates on an n8n that has none yet.
 * @param {string} url of n8n, without a slash at the end
 * @param {string} [password]
 */
export async function signIn(url, password = passingPassword) {
	// n8n binds the cookie to this header
	const headers = { 'browser-id': randomUUID(), 'content-type': 'application/json' };

	/**
	 * @param {string} method
	 * @param {string} path below `/rest`
	 * @param {unknown} [body]
	 * @returns {Promise<any>} what n8n answers, unwrapped
	 */
	async function call(method, path, body) {
		const response = await fetch(`${url}/rest${path}`, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) {
			const error = new Error(`n8n: ${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
			throw Object.assign(error, { status: response.status });
		}
		const [cookie] = response.headers.getSetCookie();
		if (cookie) headers.cookie = cookie.split(';')[0];
		const answer = text === '' ? undefined : JSON.parse(text);
		return answer?.data ?? answer;
	}

	const { userManagement } = await call('GET', '/settings');
	const { email } = localOwner;
	if (userManagement.showSetupOnFirstLoad) {
		await call('POST', '/owner/setup', { ...localOwner, password });
	}
	await call('POST', '/login', { emailOrLdapLoginId: email, password });

	/** What this n8n answers, or the other thing where it does not know the path. */
	async function callOr(other, ...request) {
		try {
			return await call(...request);
		} catch (error) {
			if (error.status !== 404) throw error;
			return await other();
		}
	}

	/** n8n 1 activates before it answers, by a change of the workflow. */
	async function setActive(id, active, versionId) {
		await call('PATCH', `/workflows/${id}`, { active, versionId });
	}

	const ALREADY = { triggers: [] };

	/** Waits until n8n has done what it does after it has said that it will publish or stop one. */
	async function done(id) {
		const deadline = Date.now() + SETTLED_IN_MS;
		for (;;) {
			const path = `/workflows/${id}/publication-status`;
			const found = await callOr(() => ALREADY, 'GET', path);
			if (found.status !== 'in_progress') return found;
			if (Date.now() > deadline) throw new Error(`Workflow ${id} does not come to rest.`);
			await pause(50);
		}
	}

	/**
	 * Waits until n8n has done what it does when a workflow is published or n8n starts.
	 * @throws {Error} with the reason of a trigger that could not be activated
	 */
	async function settled(id) {
		const deadline = Date.now() + SETTLED_IN_MS;
		for (;;) {
			const { status = 'published', triggers } = await done(id);
			if (status === 'published') return;
			const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
			if (reasons.length > 0) throw new Error(reasons.join('\n'));
			if (Date.now() > deadline) throw new Error(`Workflow ${id} does not get published.`);
			await pause(50);
		}
	}

	async function isThere(id) {
		if (!id) return false;
		return (await callOr(() => undefined, 'GET', `/workflows/${id}`)) !== undefined;
	}

	return {
		call,

		/** @returns {Promise<{ id: string, name: string, type: string }[]>} */
		credentials: () => call('GET', '/credentials'),

		/** @returns {Promise<{ id: string, name: string }>} */
		createCredential: (type, name, data) => call('POST', '/credentials', { type, name, data }),

		updateCredential: (id, type, name, data) =>
			call('PATCH', `/credentials/${id}`, { type, name, data }),

		/** @returns {Promise<{ id: string, name: string, active: boolean, versionId: string }[]>} */
		workflows: () => call('GET', '/workflows'),

		/** Creates the workflow, or replaces the one with its id. Does not publish. */
		async saveWorkflow(workflow) {
			return (await isThere(workflow.id))
				? await call('PATCH', `/workflows/${workflow.id}?forceSave=true`, workflow)
				: await call('POST', '/workflows', { ...workflow, active: false });
		},

		/**
		 * Publishes the workflow as it is saved, or another version of it, and waits until its triggers
		 * have done what they do then: n8n answers before.
		 * @throws {Error} with the reason of a trigger that could not be activated
		 */
		async publish(id, otherVersion) {
			const versionId = otherVersion ?? (await call('GET', `/workflows/${id}`)).versionId;
			const version = { versionId, name: 'as loaded', description: '' };
			const asBefore = () => setActive(id, true, versionId);
			await callOr(asBefore, 'POST', `/workflows/${id}/activate`, version);
			await settled(id);
		},

		settled,

		/** Stops the workflow, and waits until its triggers have done what they do then. */
		async unpublish(id) {
			await callOr(() => setActive(id, false), 'POST', `/workflows/${id}/deactivate`, {});
			await done(id);
		},

		async deleteWorkflow(id) {
			await call('POST', `/workflows/${id}/archive`, {});
			await call('DELETE', `/workflows/${id}`);
		},

		/**
		 * Presses *Retry* on an execution, and waits until the new one is over or parks itself.
		 * @param {string} id
		 * @param {{ loadWorkflow?: boolean }} [how] with the workflow as it is now
		 * @throws {Error} with n8n's words where it refuses
		 */
		retry: (id, how = {}) => call('POST', `/executions/${id}/retry`, how),

		/**
		 * @param {string} workflowId
		 * @returns {Promise<{ id: string, status: string, mode: string, retryOf?: string | null }[]>}
		 *   newest first
		 */
		async executions(workflowId) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const found = [];
			for (let cursor = ''; ; ) {
				// the largest page n8n hands out
				const path = `/executions?filter=${filter}&limit=100${cursor}`;
				const { results, nextCursor } = await call('GET', path);
				found.push(...results);
				if (!nextCursor) return found;
				cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
			}
		},

		/** One execution with its data, as `unflatten` returns it. */
		async execution(id) {
			const execution = await call('GET', `/executions/${id}`);
			return { ...execution, data: unflatten(execution.data) };
		},
	};
}

/**
 * Reads what n8n stores execution data as (the npm package `flatted`): a JSON array in which every
 * string inside a value is the index of the value it stands for.
 * @param {string} text
 */
export function unflatten(text) {
	const table = JSON.parse(text);
	const seen = new Map();
	const valueAt = (index) => {
		const flat = table[index];
		if (typeof flat !== 'object' || flat === null) return flat;
		if (seen.has(index)) return seen.get(index);
		const value = Array.isArray(flat) ? [] : {};
		seen.set(index, value);
		for (const [key, reference] of Object.entries(flat)) {
			value[key] = typeof reference === 'string' ? valueAt(Number(reference)) : reference;
		}
		return value;
	};
	return valueAt(0);
}

/**
 * Waits until n8n answers at a webhook address. Asks with OPTIONS, which starts nothing.
 * @param {string} url
 * @param {number} [milliseconds] how long at most
 */
export async function webhookAnswers(url, milliseconds = 15_000) {
	const deadline = Date.now() + milliseconds;
	for (;;) {
		const response = await fetch(url, {
			method: 'OPTIONS',
			headers: { origin: 'http://localhost' },
		});
		const methods = response.headers.get('access-control-allow-methods') ?? '';
		if (/GET|POST|PUT|DELETE|PATCH|HEAD/.test(methods)) return;
		if (Date.now() > deadline) throw new Error(`No workflow answers at ${url}`);
		await pause(50);
	}
}

/**
 * @param {string} base of n8n's webhooks, without a slash at the end
 * @param {{ id?: string, name: string, webhookId?: string, parameters: Record<string, any> }} node
 * @param {string} [path] of the webhook in the node's description
 * @returns {string} the production address of a node's webhook
 */
export function webhookAddress(base, node, path = 'webhook') {
	return node.type === 'n8n-nodes-base.webhook'
		? `${base}/webhook/${node.parameters.path}`
		: `${base}/webhook/${node.webhookId}/${path}`;
}
