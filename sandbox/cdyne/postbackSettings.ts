import { PostbackReturnCodes, PostbackTypes } from './schema';
import { ownNumber, type CdyneSettings } from './settings';

const CODE = PostbackReturnCodes.values;
const TYPE = PostbackTypes.values;

/** What a setting is for: a license key, or one of its numbers. */
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

/** Where postbacks go that have no address of their own, per license key, number and type. */
export class PostbackSettings {
	private entries: Setting[] = [];

	constructor(private readonly settings: CdyneSettings) {}

	list(scope: Scope) {
		const refusal = this.refusal(scope);
		if (refusal !== undefined) return [this.shown({ ...scope, ...NOTHING }, refusal)];
		return this.of(scope).map((entry) => this.shown(entry, CODE.NoError));
	}

	setUrl(scope: Scope, type: number, url: string): number {
		const refusal = this.refusal(scope) ?? refusedType(type);
		if (refusal !== undefined) return refusal;
		if (!/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : '')) return CODE.InvalidUrl;
		for (const single of singleTypes(type)) {
			const entry = this.of(scope).find((other) => other.type === single);
			// an address alone starts nothing: it is enabled by a call of its own
			if (entry === undefined) this.entries.push(setting(this.owned(scope), single, url));
			else entry.url = url;
		}
		return CODE.NoError;
	}

	setEnabled(scope: Scope, type: number, enabled: boolean): number {
		const refusal = this.refusal(scope) ?? refusedType(type);
		if (refusal !== undefined) return refusal;
		const types = singleTypes(type);
		const entries = this.of(scope).filter((entry) => types.includes(entry.type));
		for (const entry of entries) entry.enabled = enabled;
		return entries.length > 0 ? CODE.NoError : CODE.NotFound;
	}

	/** Where a postback of a type goes: the number's setting comes before the key's. */
	address(key: string, number: string, type: number): string | undefined {
		const enabled = this.entries.filter((entry) => entry.key === key && entry.type === type);
		const entry =
			enabled.find((other) => other.number === number) ??
			enabled.find((other) => other.number === null);
		return entry?.enabled ? entry.url : undefined;
	}

	clear(): void {
		this.entries = [];
	}

	private of(scope: Scope): Setting[] {
		const { key, number } = this.owned(scope);
		return this.entries.filter((entry) => entry.key === key && entry.number === number);
	}

	private owned({ key, number }: Scope) {
		return { key, number: number === null ? null : (ownNumber(this.settings, number) ?? number) };
	}

	private refusal({ number, country }: Scope): number | undefined {
		if (number === null) return undefined;
		if (!/^\d{5,15}$/.test(number)) return CODE.InvalidPhoneNumber;
		if (!/^[A-Za-z]{2}$/.test(country ?? '')) return CODE.InvalidCountry;
		return ownNumber(this.settings, number) === undefined ? CODE.NotFound : undefined;
	}

	private shown({ number, type, url, enabled }: Omit<Setting, 'key'>, code: number) {
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

const NOTHING = { type: TYPE.All, url: '', enabled: false };

/** The answer to a license key that is not one. */
export const UNKNOWN_KEY_SETTING = {
	Country: null,
	PhoneNumber: null,
	PostbackEnabled: false,
	PostbackType: TYPE.All,
	PostbackUrl: null,
	ReturnCode: CODE.InvalidLicenseKey,
};

function setting(owner: { key: string; number: string | null }, type: number, url: string) {
	return { ...owner, type, url, enabled: false };
}

function singleTypes(type: number): number[] {
	return type === TYPE.All
		? [TYPE.DeliveryReceipt, TYPE.IncomingMessage, TYPE.OutgoingMessage]
		: [type];
}

function refusedType(type: number): number | undefined {
	return Object.values(TYPE).includes(type) ? undefined : CODE.InvalidPostbackType;
}
