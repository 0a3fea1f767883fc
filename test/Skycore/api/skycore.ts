import type { Api } from '../../../nodes/Skycore/api/connection';
import { parseXml } from '../../../nodes/shared/formats/xml';
import type { XmlElement } from '../../../nodes/shared/formats/xml';
import { canned } from '../../engine/harness/canned';

/** A connection to Skycore with the response of a test: the content of a RESPONSE. */
export function responding(inside: string, status = 200) {
	const { http, redact, requests } = canned([`<RESPONSE>${inside}</RESPONSE>`], status);
	const api: Api = { http, redact, baseUrl: 'https://skycore.test/1.3', apiKey: 'key-1' };
	return { api, requests };
}

/** A response with the content of a RESPONSE. */
export const responseOf = (inside: string, status = 200) => ({
	status,
	headers: {},
	text: `<RESPONSE>${inside}</RESPONSE>`,
});

/** The HTTP request that a call of Skycore makes. */
export const requestOf = (
	action: string,
	fields: string,
	options: object = { kind: 'repeatable' },
) => ({
	...options,
	method: 'POST',
	url: 'https://skycore.test/1.3',
	headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
	body: String(
		new URLSearchParams({
			xml: `<REQUEST><ACTION>${action}</ACTION><API_KEY>key-1</API_KEY>${fields}</REQUEST>`,
		}),
	),
});

/** The root element of a document. */
export function elementOf(document: string): XmlElement {
	const element = parseXml(document);
	if (!element) throw new Error('no XML');
	return element;
}
