import { fixedId } from './ids';
import { page, readOptionalText, type Fields } from './read';
import { Rejection } from './responses';
import type { WooxySettings } from './settings';

export const SEED_TIME = '2024-05-01 10:20:30';

export interface Domain {
	id: string;
	name: string;
}

/** Returns the id of a domain in the settings. */
export function domainId(name: string): string {
	return fixedId('domain', name);
}

/** The domains of the account. */
export class Domains {
	constructor(private readonly settings: WooxySettings) {}

	/** domain/find */
	find(fields: Fields) {
		const isTrial = this.settings.isTrialAsText ? 'false' : false;
		const all = this.settings.domains.map((name) => ({ ...toResponse(name), isTrial }));
		return { ...page(fields, all, this.settings), errors: [] };
	}

	/** domain/get */
	get(fields: Fields) {
		for (const name of ['domain', 'domainId']) {
			if (fields[name] !== '') continue;
			// the only method whose errors quote the argument
			throw new Rejection(`Argument '${name}' must be a non-empty string`);
		}
		return { data: toResponse(this.require(fields).name), errors: [] };
	}

	/** Finds a domain by `domainId`, `domain`, or both. @throws Rejection if there is none */
	require(fields: Fields): Domain {
		const id = readOptionalText(fields, 'domainId');
		const name = readOptionalText(fields, 'domain');
		if (id === undefined && name === undefined) {
			throw new Rejection(
				'Minimum one unique domain identification (domainId or domain) is required.',
			);
		}
		const found = this.settings.domains.find(
			(domain) => (name ?? domain) === domain && (id ?? domainId(domain)) === domainId(domain),
		);
		if (found === undefined) throw this.notFound();
		return { id: domainId(found), name: found };
	}

	/** @throws Rejection unless it is a verified domain of the account */
	check(name: string): void {
		if (!this.settings.domains.includes(name)) throw this.notFound();
	}

	private notFound(): Rejection {
		return new Rejection(this.settings.domainRefusedText, 'notFound');
	}
}

function toResponse(name: string) {
	return { domainId: domainId(name), domain: name, isTrial: false, createdAt: SEED_TIME };
}
