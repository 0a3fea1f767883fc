import { writeMultipart } from './multipart';
import { lookUp } from './timestamps';

export interface PostbackBody {
	/** '' for none. */
	contentType: string;
	body: string;
}

const FORM = 'application/x-www-form-urlencoded';
const BOUNDARY = '------------------------5c9d1f0a7be34e21';

const raw = (contentType: string) => (body: string) => ({ contentType, body });
const form = (name: string) => (document: string) => ({
	contentType: FORM,
	body: new URLSearchParams([[name, document]]).toString(),
});
const multipart = (name: string) => (document: string) => ({
	contentType: `multipart/form-data; boundary=${BOUNDARY}`,
	body: writeMultipart(BOUNDARY, name, document),
});

/** The encodings of a document in a POST body. Not documented, so these are all plausible ones. */
export const BODIES: Record<string, (document: string) => PostbackBody> = {
	textXml: raw('text/xml'),
	applicationXml: raw('application/xml'),
	plain: raw('text/plain'),
	/** A document without a form field, with the content type of a form. */
	rawAsForm: raw(FORM),
	withoutType: raw(''),
	form: form('xml'),
	formUpperCase: form('XML'),
	multipart: multipart('XML'),
	multipartLowerCase: multipart('xml'),
};

/** Encodes a document as a POST body. @throws Error if the encoding is unknown */
export function writeBody(encoding: string, document: string): PostbackBody {
	return lookUp(BODIES, encoding, 'postback body')(document);
}
