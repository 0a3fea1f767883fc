import { readBoolean, readGuid, readInteger, UnreadableRequest } from './read';
import type { EnumType } from './schema';
import { enumName, EMPTY_GUID } from './write';

/**
 * The parameters of a GET request. Names are case-insensitive. An absent parameter has the empty
 * value of its type.
 */
export class Query {
	private readonly values = new Map<string, string>();

	constructor(parameters: URLSearchParams) {
		for (const [name, value] of parameters) {
			const key = name.toLowerCase();
			if (!this.values.has(key)) this.values.set(key, value);
		}
	}

	text(name: string): string | null {
		return this.values.get(name.toLowerCase()) ?? null;
	}

	/** @throws UnreadableRequest */
	guid(name: string): string {
		return readGuid(this.text(name) || EMPTY_GUID);
	}

	/** @throws UnreadableRequest */
	boolean(name: string): boolean {
		return readBoolean(this.text(name) || 'false');
	}

	/** @throws UnreadableRequest */
	integer(name: string): number {
		return readInteger(this.text(name) || '0');
	}

	/**
	 * Reads an enum value: a case-insensitive name, or any number, which the operation checks.
	 * @throws UnreadableRequest
	 */
	member(name: string, type: EnumType): number {
		const text = this.text(name) || enumName(type, 0);
		if (/^\d+$/.test(text)) return Number(text);
		const found = Object.entries(type.values).find(
			([member]) => member.toLowerCase() === text.toLowerCase(),
		);
		if (found === undefined) throw new UnreadableRequest(`"${text}" is not a ${type.enumName}.`);
		return found[1];
	}
}
