/** Runs n8n's own nodes for other providers, with requests redirected to this machine. */
const { createRequire } = require('node:module');

/** Resolves n8n's nodes like n8n, from the file with which it was started. */
const requireOfN8n = createRequire(process.argv[1]);

const HOSTS = /^https:\/\/api\.(?:twilio|plivo)\.com/;

/** Returns an instance of a node of the running n8n. */
exports.nodeOf = (provider, name = provider) => {
	const file = `n8n-nodes-base/dist/nodes/${provider}/${name}.node.js`;
	return new (requireOfN8n(file)[name])();
};

/** Returns a context whose requests are sent to `base`. */
exports.redirected = (base, context) => {
	const { helpers } = context;
	const redirect = (options) => ({ ...options, uri: options.uri.replace(HOSTS, base) });
	const redirectedHelpers = {
		...helpers,
		request: async (options) => await helpers.request(redirect(options)),
		async requestWithAuthentication(type, options) {
			return await helpers.requestWithAuthentication.call(this, type, redirect(options));
		},
	};
	return Object.create(context, { helpers: { value: redirectedHelpers } });
};

/** Returns a node's description with another name, and a property for the address. */
exports.describe = (node, name) => ({
	...node.description,
	displayName: name,
	name,
	icon: undefined,
	hidden: undefined,
	properties: [
		...node.description.properties,
		{ displayName: 'Base', name: 'base', type: 'string', default: '' },
	],
});
