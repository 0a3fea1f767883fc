// n8n reads the list of nodes and credentials in package.json; there is nothing to load from here.
module.exports = {};
