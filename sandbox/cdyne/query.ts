import { enumName, EMPTY_GUID } from './write';
import { readBoolean, readGuid, readInteger, Unreadable } from './read';
import type { EnumType } from './schema';

/** Parameters of a GET, names without regard to case. What is absent has its type's empty value. */
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

	/** @throws Unreadable */
	guid(name: string): string {
		return readGuid(this.text(name) || EMPTY_GUID);
	}

	/** @throws Unreadable */
	boolean(name: string): boolean {
		return readBoolean(this.text(name) || 'false');
	}

	/** @throws Unreadable */
	integer(name: string): number {
		return readInteger(this.text(name) || '0');
	}

	/** A name without regard to case, or any number, which the operation judges. @throws Unreadable */
	member(name: string, type: EnumType): number {
		const text = this.text(name) || enumName(type, 0);
		if (/^\d+$/.test(text)) return Number(text);
		const found = Object.entries(type.values).find(
			([member]) => member.toLowerCase() === text.toLowerCase(),
		);
		if (found === undefined) throw new Unreadable(`"${text}" is no ${type.enumName}.`);
		return found[1];
	}
}
