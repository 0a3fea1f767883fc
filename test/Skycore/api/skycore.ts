import type { Api } from '../../../nodes/Skycore/api/connection';
import { parseXml } from '../../../nodes/shared/xml';
import type { XmlElement } from '../../../nodes/shared/xml';
import { canned } from '../../shared/canned';

/** A connection to Skycore whose answer a test writes down, as what is inside of a RESPONSE. */
export function answering(inside: string) {
	const { http, redact, requests } = canned([`<RESPONSE>${inside}</RESPONSE>`]);
	const api: Api = { http, redact, baseUrl: 'https://skycore.test/1.3', apiKey: 'key-1' };
	return { api, requests };
}

/** What a request to Skycore is made of. */
export const requestOf = (
	action: string,
	fields: string,
	how: object = { kind: 'repeatable' },
) => ({
	...how,
	method: 'POST',
	url: 'https://skycore.test/1.3',
	headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
	body: String(
		new URLSearchParams({
			xml: `<REQUEST><ACTION>${action}</ACTION><API_KEY>key-1</API_KEY>${fields}</REQUEST>`,
		}),
	),
});

/** The element of a document. */
export function elementOf(document: string): XmlElement {
	const element = parseXml(document);
	if (!element) throw new Error('no XML');
	return element;
}
