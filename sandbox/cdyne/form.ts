/** Fields of a postback, in the order they are sent. */
export type Fields = Record<string, string>;

/** As .NET's HttpUtility.UrlEncode does it: `+` for a space, lower-case hex. */
export function encodeValue(value: string): string {
	return encodeURIComponent(value)
		.replaceAll("'", '%27')
		.replaceAll('~', '%7E')
		.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
		.replaceAll('%20', '+');
}

/**
 * The body of a postback.
 * @param encodeReceipt the real service sends DeliveryReceiptMessage as it is, blanks and all
 */
export function encodeForm(fields: Fields, encodeReceipt: boolean): string {
	return Object.entries(fields)
		.map(([name, value]) => {
			const raw = name === 'DeliveryReceiptMessage' && !encodeReceipt;
			return `${name}=${raw ? value : encodeValue(value)}`;
		})
		.join('&');
}

/** `3/5/2024 2:07:09 PM`, in UTC. */
export function formDate(date: Date): string {
	const hours = date.getUTCHours();
	const two = (number: number) => String(number).padStart(2, '0');
	const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
	const time = `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
	return `${day} ${time} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** The SMPP-like text of a receipt: `yyMMddHHmm` dates, keys with blanks in them. */
export function receiptText(submitted: Date, done: Date, stat: string, code: string): string {
	const stamp = (date: Date) => date.toISOString().replace(/\D/g, '').slice(2, 12);
	const arrived = code === '000' ? '001' : '000';
	return (
		`id:185 sub:001 dlvrd:${arrived} submit date:${stamp(submitted)} ` +
		`done date:${stamp(done)} stat:${stat} err:${code} text:`
	);
}
