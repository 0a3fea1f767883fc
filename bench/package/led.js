/** n8n's own nodes for other providers, led to an address of this machine. */
const { createRequire } = require('node:module');

/** As n8n itself finds its nodes: from the file that it was started by. */
const requireOfN8n = createRequire(process.argv[1]);

const HOSTS = /^https:\/\/api\.(?:twilio|plivo)\.com/;

/** Each node's own class, of whatever n8n runs. */
exports.nodeOf = (provider, name = provider) => {
	const file = `n8n-nodes-base/dist/nodes/${provider}/${name}.node.js`;
	return new (requireOfN8n(file)[name])();
};

/** A context whose requests go to `base`; all else is n8n's. */
exports.ledTo = (base, context) => {
	const { helpers } = context;
	const led = (options) => ({ ...options, uri: options.uri.replace(HOSTS, base) });
	const changed = {
		...helpers,
		request: async (options) => await helpers.request(led(options)),
		async requestWithAuthentication(type, options) {
			return await helpers.requestWithAuthentication.call(this, type, led(options));
		},
	};
	return Object.create(context, { helpers: { value: changed } });
};

/** A description under another name, with the address to go to. */
exports.described = (node, name) => ({
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
