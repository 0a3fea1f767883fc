import { PostbackReturnCodes, PostbackTypes } from './schema';
import { accountNumber, type CdyneSettings } from './settings';

const CODE = PostbackReturnCodes.values;
const TYPE = PostbackTypes.values;

/** What a setting applies to: a license key, or one of its numbers. */
export interface Scope {
	key: string;
	/** Null for the license key as a whole. */
	number: string | null;
	country: string | null;
}

interface Setting {
	key: string;
	number: string | null;
	type: number;
	url: string;
	enabled: boolean;
}

/** The postback addresses of license keys and numbers, by type. */
export class PostbackSettings {
	private entries: Setting[] = [];

	constructor(private readonly settings: CdyneSettings) {}

	list(scope: Scope) {
		const rejection = this.rejection(scope);
		if (rejection !== undefined) return [this.toResponse({ ...scope, ...NO_SETTING }, rejection)];
		return this.of(scope).map((entry) => this.toResponse(entry, CODE.NoError));
	}

	setUrl(scope: Scope, type: number, url: string): number {
		const rejection = this.rejection(scope) ?? typeError(type);
		if (rejection !== undefined) return rejection;
		if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return CODE.InvalidUrl;
		for (const single of singleTypes(type)) {
			const entry = this.of(scope).find((other) => other.type === single);
			// setting an address does not enable it: that takes a separate call
			if (entry === undefined) this.entries.push(newSetting(this.owner(scope), single, url));
			else entry.url = url;
		}
		return CODE.NoError;
	}

	setEnabled(scope: Scope, type: number, enabled: boolean): number {
		const rejection = this.rejection(scope) ?? typeError(type);
		if (rejection !== undefined) return rejection;
		const types = singleTypes(type);
		const entries = this.of(scope).filter((entry) => types.includes(entry.type));
		for (const entry of entries) entry.enabled = enabled;
		return entries.length > 0 ? CODE.NoError : CODE.NotFound;
	}

	/** Returns the address for a type of postback. A number's setting overrides the key's. */
	address(key: string, number: string, type: number): string | undefined {
		const settings = this.entries.filter((entry) => entry.key === key && entry.type === type);
		const entry =
			settings.find((other) => other.number === number) ??
			settings.find((other) => other.number === null);
		return entry?.enabled ? entry.url : undefined;
	}

	clear(): void {
		this.entries = [];
	}

	private of(scope: Scope): Setting[] {
		const { key, number } = this.owner(scope);
		return this.entries.filter((entry) => entry.key === key && entry.number === number);
	}

	private owner({ key, number }: Scope) {
		return {
			key,
			number: number === null ? null : (accountNumber(this.settings, number) ?? number),
		};
	}

	private rejection({ number, country }: Scope): number | undefined {
		if (number === null) return undefined;
		if (!/^\d{5,15}$/.test(number)) return CODE.InvalidPhoneNumber;
		if (!/^[A-Za-z]{2}$/.test(country ?? '')) return CODE.InvalidCountry;
		return accountNumber(this.settings, number) === undefined ? CODE.NotFound : undefined;
	}

	private toResponse({ number, type, url, enabled }: Omit<Setting, 'key'>, code: number) {
		return {
			Country: 'US',
			PhoneNumber: number,
			PostbackEnabled: enabled,
			PostbackType: type,
			PostbackUrl: url === '' ? null : url,
			ReturnCode: code,
		};
	}
}

const NO_SETTING = { type: TYPE.All, url: '', enabled: false };

/** The response to an unknown license key. */
export const UNKNOWN_KEY_SETTING = {
	Country: null,
	PhoneNumber: null,
	PostbackEnabled: false,
	PostbackType: TYPE.All,
	PostbackUrl: null,
	ReturnCode: CODE.InvalidLicenseKey,
};

function newSetting(owner: { key: string; number: string | null }, type: number, url: string) {
	return { ...owner, type, url, enabled: false };
}

function singleTypes(type: number): number[] {
	return type === TYPE.All
		? [TYPE.DeliveryReceipt, TYPE.IncomingMessage, TYPE.OutgoingMessage]
		: [type];
}

function typeError(type: number): number | undefined {
	return Object.values(TYPE).includes(type) ? undefined : CODE.InvalidPostbackType;
}
