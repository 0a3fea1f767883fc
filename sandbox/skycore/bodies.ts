import { writeMultipart } from './multipart';
import { choose } from './timestamps';

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

/** How a document sits in the body of a POST: not documented, so every way a receiver may meet. */
export const BODIES: Record<string, (document: string) => PostbackBody> = {
	textXml: raw('text/xml'),
	applicationXml: raw('application/xml'),
	plain: raw('text/plain'),
	/** A bare document under the type of a form. */
	rawAsForm: raw(FORM),
	withoutType: raw(''),
	form: form('xml'),
	formUpperCase: form('XML'),
	multipart: multipart('XML'),
	multipartLowerCase: multipart('xml'),
};

/** A document in a body. @throws Error in plain words where there is no such way */
export function writeBody(way: string, document: string): PostbackBody {
	return choose(BODIES, way, 'body of postbacks')(document);
}
