/**
 * The part of n8n's internal REST API, as used by its editor, that creates an owner, loads
 * credentials and workflows, publishes them, and reads executions.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

const PUBLICATION_TIMEOUT_MS = 60_000;

/** The owner account of every n8n. The password differs per installation. */
export const localOwner = {
	email: 'owner@sms-gateways.example',
	firstName: 'Local',
	lastName: 'Owner',
};

/** Returns a new password that n8n accepts: long, with a capital letter and a digit. */
export const newPassword = () => `A1-${randomUUID()}`;

/** The password for an n8n that ends with this process. */
export const temporaryPassword = newPassword();

/**
 * Signs in as the local owner, which it creates if n8n has no owner.
 * @param {string} url of n8n, without a slash at the end
 * @param {string} [password]
 */
export async function signIn(url, password = temporaryPassword) {
	// n8n binds the cookie to this header
	const headers = { 'browser-id': randomUUID(), 'content-type': 'application/json' };

	/**
	 * @param {string} method
	 * @param {string} path below `/rest`
	 * @param {unknown} [body]
	 * @returns {Promise<any>} the data of n8n's response
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
		const json = text === '' ? undefined : JSON.parse(text);
		return json?.data ?? json;
	}

	const logIn = () => call('POST', '/login', { emailOrLdapLoginId: localOwner.email, password });
	try {
		await logIn();
	} catch (error) {
		if (error.status !== 401) throw error;
		await call('POST', '/owner/setup', { ...localOwner, password });
		await logIn();
	}

	/** Returns n8n's response, or the result of `fallback` if n8n does not have the path. */
	async function callOr(fallback, ...request) {
		try {
			return await call(...request);
		} catch (error) {
			if (error.status !== 404) throw error;
			return await fallback();
		}
	}

	/** n8n 1 activates a workflow before it responds, by a change of the workflow. */
	async function setActive(id, active, versionId) {
		await call('PATCH', `/workflows/${id}`, { active, versionId });
	}

	const NO_STATUS = { triggers: [] };

	/**
	 * Waits until n8n has finished publishing or unpublishing, which continues after its response.
	 */
	async function waitWhileInProgress(id) {
		const deadline = Date.now() + PUBLICATION_TIMEOUT_MS;
		for (;;) {
			const path = `/workflows/${id}/publication-status`;
			const publication = await callOr(() => NO_STATUS, 'GET', path);
			if (publication.status !== 'in_progress') return publication;
			if (Date.now() > deadline) throw new Error(`The publication of workflow ${id} does not end.`);
			await pause(50);
		}
	}

	/**
	 * Waits until a workflow is published, also after a start of n8n.
	 * @throws {Error} with the reason of a trigger that could not be activated
	 */
	async function waitUntilPublished(id) {
		const deadline = Date.now() + PUBLICATION_TIMEOUT_MS;
		for (;;) {
			const { status = 'published', triggers } = await waitWhileInProgress(id);
			if (status === 'published') return;
			const reasons = triggers.flatMap(({ errorMessage }) => errorMessage ?? []);
			if (reasons.length > 0) throw new Error(reasons.join('\n'));
			if (Date.now() > deadline) throw new Error(`Workflow ${id} is not published in time.`);
			await pause(50);
		}
	}

	async function workflowExists(id) {
		if (!id) return false;
		return (await callOr(() => undefined, 'GET', `/workflows/${id}`)) !== undefined;
	}

	return {
		call,

		/** @returns {Promise<{ id: string, name: string, type: string }[]>} */
		credentials: () => call('GET', '/credentials'),

		/** @returns {Promise<{ id: string, name: string }>} */
		createCredential: (type, name, data) => call('POST', '/credentials', { type, name, data }),

		/**
		 * Descriptions of node types, with the credentials that each takes.
		 * @param {string[]} names
		 * @returns {Promise<{ name: string, credentials?: { name: string }[] }[]>}
		 */
		nodeTypes: (names) =>
			call('POST', '/node-types', { nodeInfos: names.map((name) => ({ name, version: 1 })) }),

		updateCredential: (id, type, name, data) =>
			call('PATCH', `/credentials/${id}`, { type, name, data }),

		/** @returns {Promise<{ id: string, name: string, active: boolean, versionId: string }[]>} */
		workflows: () => call('GET', '/workflows'),

		/** Creates the workflow, or replaces the one with the same id, without publishing it. */
		async saveWorkflow(workflow) {
			return (await workflowExists(workflow.id))
				? await call('PATCH', `/workflows/${workflow.id}?forceSave=true`, workflow)
				: await call('POST', '/workflows', { ...workflow, active: false });
		},

		/**
		 * Publishes the saved workflow, or another version of it, and waits until its triggers are
		 * activated, which happens after n8n's response.
		 * @throws {Error} with the reason of a trigger that could not be activated
		 */
		async publish(id, otherVersion) {
			const versionId = otherVersion ?? (await call('GET', `/workflows/${id}`)).versionId;
			const version = { versionId, name: 'as loaded', description: '' };
			const activateInN8n1 = () => setActive(id, true, versionId);
			await callOr(activateInN8n1, 'POST', `/workflows/${id}/activate`, version);
			await waitUntilPublished(id);
		},

		waitUntilPublished,

		/** Unpublishes the workflow, and waits until its triggers are deactivated. */
		async unpublish(id) {
			await callOr(() => setActive(id, false), 'POST', `/workflows/${id}/deactivate`, {});
			await waitWhileInProgress(id);
		},

		async deleteWorkflow(id) {
			await call('POST', `/workflows/${id}/archive`, {});
			await call('DELETE', `/workflows/${id}`);
		},

		/**
		 * Retries an execution, and waits until the new execution ends or is suspended.
		 * @param {string} id
		 * @param {{ loadWorkflow?: boolean }} [how] with the currently saved workflow
		 * @throws {Error} with n8n's error text
		 */
		retry: (id, how = {}) => call('POST', `/executions/${id}/retry`, how),

		/**
		 * n8n sorts executions by their start and pages them by their IDs, so with more than a hundred it
		 * may omit some that started out of order.
		 * @param {string} workflowId
		 * @returns {Promise<{ id: string, status: string, mode: string, retryOf?: string | null }[]>}
		 *   newest first
		 */
		async executions(workflowId) {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const found = [];
			for (let cursor = ''; ; ) {
				// 100 is n8n's maximum
				const path = `/executions?filter=${filter}&limit=100${cursor}`;
				const { results, nextCursor } = await call('GET', path);
				found.push(...results);
				if (!nextCursor) return found;
				cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
			}
		},

		/** Returns an execution with its unflattened data. */
		async execution(id) {
			const execution = await call('GET', `/executions/${id}`);
			return { ...execution, data: unflatten(execution.data) };
		},
	};
}

/**
 * Parses n8n's format of execution data (npm package `flatted`): a JSON array in which every string
 * inside a value is the index of the actual value.
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
 * Waits until n8n responds at a webhook address. It uses OPTIONS, which does not start a workflow.
 * @param {string} url
 * @param {number} [milliseconds] the maximum wait
 */
export async function waitForWebhook(url, milliseconds = 15_000) {
	const deadline = Date.now() + milliseconds;
	for (;;) {
		const response = await fetch(url, {
			method: 'OPTIONS',
			headers: { origin: 'http://localhost' },
		});
		const methods = response.headers.get('access-control-allow-methods') ?? '';
		if (/GET|POST|PUT|DELETE|PATCH|HEAD/.test(methods)) return;
		if (Date.now() > deadline) throw new Error(`No workflow responds at ${url}`);
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
