import type { ProviderResponse } from '../simulator';

/** Returns the error page for an invalid request, an unknown path, or a wrong HTTP method. */
export function errorPage(status: 400 | 404 | 405, detail = ''): ProviderResponse {
	const [title, text] = {
		400: ['Request Error', `The server encountered an error processing the request. ${detail}`],
		404: ['Service', 'Endpoint not found.'],
		405: ['Service', 'Method not allowed.'],
	}[status];
	const escaped = text.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	return {
		status,
		headers: { 'Content-Type': 'text/html; charset=UTF-8' },
		body:
			`<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n` +
			`<head><title>${title}</title></head>\n` +
			`<body><div id="content"><p class="heading1">${title}</p><p>${escaped}</p></div></body>\n</html>`,
	};
}
