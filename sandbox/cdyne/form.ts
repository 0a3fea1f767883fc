/** The fields of a postback, in the order in which they are sent. */
export type Fields = Record<string, string>;

/** Encodes like .NET's HttpUtility.UrlEncode: `+` for a space, lower-case hex. */
export function encodeValue(value: string): string {
	return encodeURIComponent(value)
		.replaceAll("'", '%27')
		.replaceAll('~', '%7E')
		.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
		.replaceAll('%20', '+');
}

/**
 * Returns the body of a postback.
 * @param encodeReceipt whether to encode DeliveryReceiptMessage, which the real service does not
 */
export function encodeForm(fields: Fields, encodeReceipt: boolean): string {
	return Object.entries(fields)
		.map(([name, value]) => {
			const raw = name === 'DeliveryReceiptMessage' && !encodeReceipt;
			return `${name}=${raw ? value : encodeValue(value)}`;
		})
		.join('&');
}

/** Formats a time in UTC like `3/5/2024 2:07:09 PM`. */
export function formDate(date: Date): string {
	const hours = date.getUTCHours();
	const twoDigits = (number: number) => String(number).padStart(2, '0');
	const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
	const minutes = twoDigits(date.getUTCMinutes());
	const time = `${hours % 12 || 12}:${minutes}:${twoDigits(date.getUTCSeconds())}`;
	return `${day} ${time} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** Returns the SMPP-like text of a receipt: `yyMMddHHmm` dates, keys that contain spaces. */
export function receiptText(submitted: Date, done: Date, stat: string, code: string): string {
	const stamp = (date: Date) => date.toISOString().replace(/\D/g, '').slice(2, 12);
	const delivered = code === '000' ? '001' : '000';
	return (
		`id:185 sub:001 dlvrd:${delivered} submit date:${stamp(submitted)} ` +
		`done date:${stamp(done)} stat:${stat} err:${code} text:`
	);
}
