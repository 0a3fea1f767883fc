import { numberKey } from '../numbers';
import {
	checkNumber,
	demand,
	page,
	readObjects,
	readOptionalText,
	readText,
	type Fields,
} from './read';
import { Rejection, formatTime } from './responses';
import type { WooxySettings } from './settings';

const REJECT_TYPES = ['import', 'invalid', 'unsubscribe', 'undeliverable'];

interface Entry {
	phoneNumber: string;
	rejectType: string;
	createdAt: string;
}

/** Numbers that this account must not send SMS to. */
export class BlackList {
	private entries: Entry[] = [];

	constructor(private readonly settings: WooxySettings) {}

	/** phone-blacklist/add: adds all records or none. */
	add(fields: Fields) {
		demand(fields, 'records');
		const records = readObjects(fields, 'records');
		const additions = records.map((record) => {
			demand(record, 'phoneNumber');
			if (this.settings.rejectTypeRequired) demand(record, 'rejectType');
			return {
				phoneNumber: readText(record, 'phoneNumber'),
				rejectType: readOptionalText(record, 'rejectType') ?? 'import',
			};
		});
		for (const { phoneNumber, rejectType } of additions) {
			checkNumber(phoneNumber);
			checkRejectType(rejectType);
		}
		for (const { phoneNumber, rejectType } of additions) {
			if (this.has(phoneNumber)) continue;
			this.entries.push({ phoneNumber, rejectType, createdAt: formatTime(new Date()) });
		}
		return {};
	}

	/** phone-blacklist/find */
	find(fields: Fields) {
		const numberRequired = this.settings.blackListFindNeedsNumber;
		if (numberRequired) demand(fields, 'phoneNumber');
		const number = numberRequired
			? readText(fields, 'phoneNumber')
			: readOptionalText(fields, 'phoneNumber');
		const rejectType = readOptionalText(fields, 'rejectType');
		if (rejectType !== undefined) checkRejectType(rejectType);
		const matching = this.entries.filter(
			(entry) =>
				(number ?? entry.phoneNumber) === entry.phoneNumber &&
				(rejectType ?? entry.rejectType) === entry.rejectType,
		);
		return page(fields, matching, this.settings);
	}

	/** phone-blacklist/remove: succeeds even if the number is not on the list. */
	remove(fields: Fields) {
		demand(fields, 'phoneNumber');
		const number = readText(fields, 'phoneNumber');
		checkNumber(number);
		this.entries = this.entries.filter(({ phoneNumber }) => phoneNumber !== number);
		return {};
	}

	has(number: string): boolean {
		return this.entries.some(({ phoneNumber }) => numberKey(phoneNumber) === numberKey(number));
	}

	clear(): void {
		this.entries = [];
	}
}

function checkRejectType(rejectType: string): void {
	if (REJECT_TYPES.includes(rejectType)) return;
	const allowed = REJECT_TYPES.join(', ');
	throw new Rejection(`Allowed reject types are ${allowed}, but ${rejectType} given`);
}
