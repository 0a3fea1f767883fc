import type { Answer } from '../simulator';

/** The page of a server that could not read a request, knows no such path, or not this verb. */
export function errorPage(status: 400 | 404 | 405, detail = ''): Answer {
	const [title, text] = {
		400: ['Request Error', `The server encountered an error processing the request. ${detail}`],
		404: ['Service', 'Endpoint not found.'],
		405: ['Service', 'Method not allowed.'],
	}[status];
	const safe = text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return {
		status,
		headers: { 'Content-Type': 'text/html; charset=UTF-8' },
		body:
			`<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n` +
			`<head><title>${title}</title></head>\n` +
			`<body><div id="content"><p class="heading1">${title}</p><p>${safe}</p></div></body>\n</html>`,
	};
}
