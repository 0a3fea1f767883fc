/** Whether a text is a complete web address: http or https, with a host. */
export function isWebUrl(text: string): boolean {
	return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}
