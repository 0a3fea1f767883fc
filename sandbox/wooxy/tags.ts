import { Refusal } from './answer';
import { newId } from './ids';
import { checkReserved, demand, type Fields } from './read';
import type { WooxySettings } from './settings';

const LONGEST_DESCRIPTION = 1_000;

interface Tag {
	id: string;
	name: string;
	description: string;
}

/** The registered tags of the account; sends may use others. */
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
			throw new Refusal(`Tags limit ${this.settings.tagsLimit} is reached`);
		}
		this.checkUnique(name);
		const tag = { id: newId(), name, description: description ?? '' };
		this.tags.push(tag);
		return { id: tag.id };
	}

	/** tags/get */
	get(fields: Fields) {
		demand(fields, 'name');
		return { data: { ...this.named(readName(fields.name)) } };
	}

	/** tags/update */
	update(fields: Fields) {
		demand(fields, 'tag');
		const old = readName(fields.tag);
		const name = fields.name === undefined ? undefined : readName(fields.name);
		const description = readDescription(fields.description);
		if (name !== undefined) checkName(name);
		const tag = this.named(old);
		if (name !== undefined && name !== old) this.checkUnique(name);
		tag.name = name ?? tag.name;
		tag.description = description ?? tag.description;
		return {};
	}

	/** tags/remove */
	remove(fields: Fields) {
		demand(fields, 'name');
		const tag = this.named(readName(fields.name));
		this.tags = this.tags.filter((other) => other !== tag);
		return {};
	}

	clear(): void {
		this.tags = [];
	}

	private named(name: string): Tag {
		const tag = this.tags.find((other) => other.name === name);
		if (tag === undefined) {
			throw new Refusal(`Tag ${name} is not registered in account tags`, 'notFound');
		}
		return tag;
	}

	private checkUnique(name: string): void {
		if (this.tags.some((tag) => tag.name === name)) {
			throw new Refusal(`Tag name ${name} must be unique`);
		}
	}
}

function readName(name: unknown): string {
	if (typeof name === 'string' && name !== '') return name;
	throw new Refusal('Tag name must be a non-empty string');
}

function readDescription(description: unknown): string | undefined {
	if (description === undefined || description === null) return undefined;
	if (typeof description !== 'string') throw new Refusal('Argument description must be a string');
	if (description.length <= LONGEST_DESCRIPTION) return description;
	throw new Refusal(
		`Argument description must be a string with max length within ${LONGEST_DESCRIPTION} characters`,
	);
}

function checkName(name: string): void {
	if (name.length < 2 || name.length > 30) {
		throw new Refusal('Tag characters length should be between 2 and 30');
	}
	checkReserved(name);
	if (/^[\p{Script=Latin}\p{Script=Cyrillic}\d._-]+$/u.test(name)) return;
	throw new Refusal(
		'Tag name must contain only numbers, latin/cyrillic characters or ".", "-", "_" symbols',
	);
}
