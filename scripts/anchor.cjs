/**
 * Returns GitHub's anchor for a heading.
 * @param {string} heading
 * @returns {string}
 */
const anchorOf = (heading) =>
	heading
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');

module.exports = { anchorOf };
