// n8n loads the nodes and credentials that package.json lists; this file exports nothing.
module.exports = {};
