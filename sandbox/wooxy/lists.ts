import { domainId, SEED_TIME, type Domains } from './domains';
import { fixedId } from './ids';
import { page, readOptionalText, type Fields } from './read';
import { Rejection } from './responses';
import type { ListSeed, WooxySettings } from './settings';

const DEFAULT_VARIABLES = [
	...['email', 'userId', 'name', 'phoneNumber', 'customerSourceId', 'sourceName', 'sourceId'],
	'avatarLink',
].map((name) => ({ name, type: 'string' }));

const DEFAULT_DATES = ['createdAt', 'contactBirthday'].map((name) => ({ name, type: 'datetime' }));

const DEFAULT_BOOLEANS = [
	...['active', 'emailSubscribe', 'smsSubscribe', 'desktopWebPushSubscribe'],
	...['mobileWebPushSubscribe', 'telegramSubscribe'],
].map((name) => ({ name, type: 'bool' }));

/** Returns the id of a contact list in the settings. */
export function listId(domain: string, name: string): string {
	return fixedId('contact list', domain, name);
}

/** The contact lists of the account. */
export class ContactLists {
	constructor(
		private readonly settings: WooxySettings,
		private readonly domains: Domains,
	) {}

	/** contact-list/find */
	find(fields: Fields) {
		const id = readOptionalText(fields, 'contactListId');
		const name = readOptionalText(fields, 'contactListName');
		const byDomain = (fields.domain ?? fields.domainId ?? undefined) !== undefined;
		const domain =
			byDomain || (id === undefined && this.settings.listFindNeedsOne)
				? this.domains.require(fields).name
				: undefined;
		const matching = this.settings.contactLists.filter(
			(list) =>
				(domain ?? list.domain) === list.domain &&
				(id ?? idOf(list)) === idOf(list) &&
				(name ?? list.contactListName) === list.contactListName,
		);
		return page(
			fields,
			matching.map((list) => this.toResponse(list)),
			this.settings,
		);
	}

	/** contact-list/get: without an id, returns the domain's default list. */
	get(fields: Fields) {
		const id = readOptionalText(fields, 'contactListId');
		if (id !== undefined) return { data: this.toResponse(this.require(id)) };
		const { name } = this.domains.require(fields);
		const first = this.settings.contactLists.find(({ domain }) => domain === name);
		if (first === undefined) throw this.notFound();
		return { data: this.toResponse(first) };
	}

	/** @throws Rejection if the list does not exist */
	require(id: string): ListSeed {
		const found = this.settings.contactLists.find((list) => idOf(list) === id);
		if (found === undefined) throw this.notFound();
		return found;
	}

	private notFound(): Rejection {
		return new Rejection(this.settings.listNotFoundText, 'notFound');
	}

	private toResponse(list: ListSeed) {
		const first = this.settings.contactLists.find(({ domain }) => domain === list.domain);
		return {
			contactListName: list.contactListName,
			contactListId: idOf(list),
			domainId: domainId(list.domain),
			domain: list.domain,
			defaultFromEmail: `hello@${list.domain}`,
			defaultFromName: list.contactListName,
			company: this.settings.accountName,
			replyToEmail: `hello@${list.domain}`,
			replyToName: list.contactListName,
			smsFromName: list.smsFromName,
			isDefault: list === first ? '1' : '0',
			createdAt: SEED_TIME,
			updatedAt: SEED_TIME,
			customVariables: list.customVariables.map(({ name, type }) => ({ name, type })),
			defaultVariables: [...DEFAULT_VARIABLES, ...DEFAULT_DATES, ...DEFAULT_BOOLEANS],
		};
	}
}

function idOf({ domain, contactListName }: ListSeed): string {
	return listId(domain, contactListName);
}
