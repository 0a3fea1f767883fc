import { Refusal } from './answer';
import { fixedId } from './ids';
import { page, readOptionalText, type Fields } from './read';
import type { WooxySettings } from './settings';

export const SEED_TIME = '2024-05-01 10:20:30';

export interface Domain {
	id: string;
	name: string;
}

/** The id that a domain of the settings has. */
export function domainId(name: string): string {
	return fixedId('domain', name);
}

/** The domains of the account. */
export class Domains {
	constructor(private readonly settings: WooxySettings) {}

	/** domain/find */
	find(fields: Fields) {
		const isTrial = this.settings.isTrialAsText ? 'false' : false;
		const all = this.settings.domains.map((name) => ({ ...shown(name), isTrial }));
		return { ...page(fields, all, this.settings), errors: [] };
	}

	/** domain/get */
	get(fields: Fields) {
		for (const name of ['domain', 'domainId']) {
			if (fields[name] !== '') continue;
			// the one method whose errors quote the argument
			throw new Refusal(`Argument '${name}' must be a non-empty string`);
		}
		return { data: shown(this.named(fields).name), errors: [] };
	}

	/** The domain that `domainId` or `domain` (both, if both are there) names. @throws Refusal */
	named(fields: Fields): Domain {
		const id = readOptionalText(fields, 'domainId');
		const name = readOptionalText(fields, 'domain');
		if (id === undefined && name === undefined) {
			throw new Refusal(
				'Minimum one unique domain identification (domainId or domain) is required.',
			);
		}
		const found = this.settings.domains.find(
			(domain) => (name ?? domain) === domain && (id ?? domainId(domain)) === domainId(domain),
		);
		if (found === undefined) throw this.unknown();
		return { id: domainId(found), name: found };
	}

	/** @throws Refusal unless it is a verified domain of the account */
	check(name: string): void {
		if (!this.settings.domains.includes(name)) throw this.unknown();
	}

	private unknown(): Refusal {
		return new Refusal(this.settings.domainRefusedText, 'notFound');
	}
}

function shown(name: string) {
	return { domainId: domainId(name), domain: name, isTrial: false, createdAt: SEED_TIME };
}
