/* eslint-disable @n8n/community-nodes/require-node-api-error -- a server of ours, not a node */
import { Refusal, timeText } from './answer';
import { brief, IDENTIFIERS, type Contact } from './contacts';
import { newId } from './ids';
import type { Notify } from './notify';
import type { Office } from './office';
import {
	demand,
	isStrings,
	readIds,
	readObjects,
	readOptionalBoolean,
	readOptionalText,
	readText,
	type Fields,
} from './read';

/** What contacts/remove names contacts by, and what it calls them in its errors. */
const REMOVALS = [
	{ argument: 'emails', list: 'a list of emails', each: 'email', field: IDENTIFIERS[0] },
	{
		argument: 'phoneNumbers',
		list: 'a list of phoneNumbers',
		each: 'phoneNumber',
		field: IDENTIFIERS[1],
	},
	{ argument: 'userIds', list: 'a list of userIds', each: 'userId', field: IDENTIFIERS[2] },
];

/** A queued change of contacts, as request/find shows it. */
export interface Job {
	id: string;
	source: string;
	status: string;
	webHookUri: string | null;
	createdAt: string;
	updatedAt: string;
	results: { errors: object[]; success: object[] };
}

/** The changes to contacts that are only queued: contacts/add, update and remove. */
export class Jobs {
	private readonly jobs = new Map<string, Job>();

	constructor(
		private readonly office: Office,
		private readonly notify: Notify,
	) {}

	/** contacts/add */
	add(fields: Fields) {
		const { id, records, webHookUri } = this.readRecords(fields);
		return this.queue('contacts/add', webHookUri, (job) => {
			for (const record of records) {
				note(job, record, () => this.office.contacts.add(id, record));
			}
		});
	}

	/** contacts/update */
	update(fields: Fields) {
		const { id, records, webHookUri } = this.readRecords(fields);
		const upsert = readOptionalBoolean(fields, 'upsert') ?? false;
		return this.queue('contacts/update', webHookUri, (job) => {
			for (const record of records) {
				note(job, record, () => this.office.contacts.update(id, record, upsert));
			}
		});
	}

	/** contacts/remove */
	remove(fields: Fields) {
		demand(fields, 'contactListId');
		const id = readText(fields, 'contactListId');
		const webHookUri = readUri(fields);
		const wanted = REMOVALS.flatMap(({ argument, list, each, field }) => {
			const values = fields[argument] ?? [];
			if (!Array.isArray(values)) throw new Refusal(`Argument ${argument} must be ${list}`);
			if (!isStrings(values)) throw new Refusal(`Each ${each} must be a string`);
			return values.map((value) => ({ field, value }));
		});
		if (wanted.length === 0) throw new Refusal('Bad Request');
		this.office.lists.named(id);
		return this.queue('contacts/remove', webHookUri, (job) => {
			for (const { field, value } of wanted) {
				note(job, { [field]: value }, () => this.office.contacts.remove(id, field, value));
			}
		});
	}

	/** request/find */
	find(fields: Fields) {
		const requests: Record<string, Job | null> = {};
		const errors: string[] = [];
		for (const id of readIds(fields)) {
			requests[id] = this.jobs.get(id) ?? null;
			if (requests[id] !== null) continue;
			errors.push(this.office.settings.requestNotFoundText.replace('{id}', id));
		}
		return { requests, errors };
	}

	clear(): void {
		this.jobs.clear();
	}

	private readRecords(fields: Fields) {
		demand(fields, 'contactListId', 'contacts');
		const id = readText(fields, 'contactListId');
		const records = readObjects(fields, 'contacts');
		const webHookUri = readUri(fields);
		this.office.lists.named(id);
		return { id, records, webHookUri };
	}

	private queue(source: string, webHookUri: string | null, work: (job: Job) => void) {
		const { core, settings } = this.office;
		const now = timeText(new Date());
		const job: Job = {
			id: newId(),
			source,
			status: settings.requestStatusWaiting,
			webHookUri,
			createdAt: now,
			updatedAt: now,
			results: { errors: [], success: [] },
		};
		this.jobs.set(job.id, job);
		core.clock.after(settings.contactJobMs, () => {
			work(job);
			job.status = settings.requestStatusDone;
			job.updatedAt = timeText(new Date());
			if (webHookUri !== null) this.notify.request(webHookUri, job);
		});
		return { requestId: job.id };
	}
}

function note({ results }: Job, wish: Fields, work: () => Contact): void {
	try {
		results.success.push(brief(work()));
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const { message } = error;
		results.errors.push({ error: message, contact: brief(undefined, wish), humanError: message });
	}
}

function readUri(fields: Fields): string | null {
	const uri = readOptionalText(fields, 'webHookUri');
	if (uri === undefined || URL.canParse(uri)) return uri ?? null;
	throw new Refusal('Argument webHookUri must be a valid URI');
}
