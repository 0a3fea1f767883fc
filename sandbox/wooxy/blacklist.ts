import { numberKey } from '../numbers';
import { Refusal, timeText } from './answer';
import {
	checkNumber,
	demand,
	page,
	readObjects,
	readOptionalText,
	readText,
	type Fields,
} from './read';
import type { WooxySettings } from './settings';

const REJECT_TYPES = ['import', 'invalid', 'unsubscribe', 'undeliverable'];

interface Entry {
	phoneNumber: string;
	rejectType: string;
	createdAt: string;
}

/** Numbers that get no SMS from this account. */
export class BlackList {
	private entries: Entry[] = [];

	constructor(private readonly settings: WooxySettings) {}

	/** phone-blacklist/add: all of the records or none. */
	add(fields: Fields) {
		demand(fields, 'records');
		const records = readObjects(fields, 'records');
		const wanted = records.map((record) => {
			demand(record, 'phoneNumber');
			if (this.settings.rejectTypeRequired) demand(record, 'rejectType');
			return {
				phoneNumber: readText(record, 'phoneNumber'),
				rejectType: readOptionalText(record, 'rejectType') ?? 'import',
			};
		});
		for (const { phoneNumber, rejectType } of wanted) {
			checkNumber(phoneNumber);
			checkRejectType(rejectType);
		}
		for (const { phoneNumber, rejectType } of wanted) {
			if (this.has(phoneNumber)) continue;
			this.entries.push({ phoneNumber, rejectType, createdAt: timeText(new Date()) });
		}
		return {};
	}

	/** phone-blacklist/find */
	find(fields: Fields) {
		const needed = this.settings.blackListFindNeedsNumber;
		if (needed) demand(fields, 'phoneNumber');
		const number = needed
			? readText(fields, 'phoneNumber')
			: readOptionalText(fields, 'phoneNumber');
		const rejectType = readOptionalText(fields, 'rejectType');
		if (rejectType !== undefined) checkRejectType(rejectType);
		const all = this.entries.filter(
			(entry) =>
				(number ?? entry.phoneNumber) === entry.phoneNumber &&
				(rejectType ?? entry.rejectType) === entry.rejectType,
		);
		return page(fields, all, this.settings);
	}

	/** phone-blacklist/remove: a number that is not on it is removed, too. */
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
	throw new Refusal(`Allowed reject types are ${allowed}, but ${rejectType} given`);
}
