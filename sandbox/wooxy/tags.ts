import { newId } from './ids';
import { checkNotReserved, demand, type Fields } from './read';
import { Rejection } from './responses';
import type { WooxySettings } from './settings';

const MAX_DESCRIPTION_LENGTH = 1_000;

interface Tag {
	id: string;
	name: string;
	description: string;
}

/** The registered tags of the account. Sends may also use unregistered tags. */
export class Tags {
	private tags: Tag[] = [];

	constructor(private readonly settings: WooxySettings) {}

	/** tags/create */
	create(fields: Fields) {
		demand(fields, 'name');
		const name = readName(fields.name);
		const description = readDescription(fields.description);
		checkName(name);
		if (this.tags.length >= this.settings.tagsLimit) {
			throw new Rejection(`Tags limit ${this.settings.tagsLimit} is reached`);
		}
		this.checkUnique(name);
		const tag = { id: newId(), name, description: description ?? '' };
		this.tags.push(tag);
		return { id: tag.id };
	}

	/** tags/get */
	get(fields: Fields) {
		demand(fields, 'name');
		return { data: { ...this.require(readName(fields.name)) } };
	}

	/** tags/update */
	update(fields: Fields) {
		demand(fields, 'tag');
		const currentName = readName(fields.tag);
		const name = fields.name === undefined ? undefined : readName(fields.name);
		const description = readDescription(fields.description);
		if (name !== undefined) checkName(name);
		const tag = this.require(currentName);
		if (name !== undefined && name !== currentName) this.checkUnique(name);
		tag.name = name ?? tag.name;
		tag.description = description ?? tag.description;
		return {};
	}

	/** tags/remove */
	remove(fields: Fields) {
		demand(fields, 'name');
		const tag = this.require(readName(fields.name));
		this.tags = this.tags.filter((other) => other !== tag);
		return {};
	}

	clear(): void {
		this.tags = [];
	}

	private require(name: string): Tag {
		const tag = this.tags.find((other) => other.name === name);
		if (tag === undefined) {
			throw new Rejection(`Tag ${name} is not registered in account tags`, 'notFound');
		}
		return tag;
	}

	private checkUnique(name: string): void {
		if (this.tags.some((tag) => tag.name === name)) {
			throw new Rejection(`Tag name ${name} must be unique`);
		}
	}
}

function readName(name: unknown): string {
	if (typeof name === 'string' && name !== '') return name;
	throw new Rejection('Tag name must be a non-empty string');
}

function readDescription(description: unknown): string | undefined {
	if (description === undefined || description === null) return undefined;
	if (typeof description !== 'string') throw new Rejection('Argument description must be a string');
	if (description.length <= MAX_DESCRIPTION_LENGTH) return description;
	throw new Rejection(
		`Argument description must be a string with max length within ${MAX_DESCRIPTION_LENGTH} characters`,
	);
}

function checkName(name: string): void {
	if (name.length < 2 || name.length > 30) {
		throw new Rejection('Tag characters length should be between 2 and 30');
	}
	checkNotReserved(name);
	if (/^[\p{Script=Latin}\p{Script=Cyrillic}\d._-]+$/u.test(name)) return;
	throw new Rejection(
		'Tag name must contain only numbers, latin/cyrillic characters or ".", "-", "_" symbols',
	);
}
