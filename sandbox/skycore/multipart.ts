/** Returns the text fields of a multipart body, in order; none if it is invalid. */
export function readMultipart(contentType: string, body: Buffer): Array<[string, string]> {
	const [, quoted, bare] = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType) ?? [];
	const boundary = quoted ?? bare;
	if (boundary === undefined) return [];
	// every boundary but the first follows a line break, so add one before the first
	const parts = `\r\n${body.toString()}`.split(`\r\n--${boundary}`).slice(1);
	return parts.flatMap((part): Array<[string, string]> => {
		const [, head, value] = /^\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(part) ?? [];
		const name = /content-disposition:[^\r\n]*[; ]name="([^"]*)"/i.exec(head ?? '')?.[1];
		return name === undefined ? [] : [[name, value]];
	});
}

/** Writes a multipart body with a single field. */
export function writeMultipart(boundary: string, name: string, value: string): string {
	return [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${name}"`,
		'',
		value,
		`--${boundary}--`,
		'',
	].join('\r\n');
}
