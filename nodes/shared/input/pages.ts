/** The pages of the documentation. A test compares the address with the one in package.json. */
const PAGES = 'https://github.com/sms-gateways/n8n-nodes-sms-gateways/blob/HEAD/docs';

/** The address of a page in docs/, or of a heading on it. */
export function pageUrl(page: string, heading?: string): string {
	return `${PAGES}/${page}.md${heading === undefined ? '' : `#${heading}`}`;
}

/** A link to a page for the description of a field. */
export function moreOn(page: string, heading?: string): string {
	return `<a href="${pageUrl(page, heading)}" target="_blank">More</a>`;
}
