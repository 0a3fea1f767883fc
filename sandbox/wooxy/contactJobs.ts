/* eslint-disable @n8n/community-nodes/require-node-api-error -- a local server, not a node */
import type { ContactJob } from './contactJob';
import { IDENTIFIERS, summarizeContact, type Contact } from './contacts';
import { newId } from './ids';
import type { Notify } from './notify';
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
import { formatTime, Rejection } from './responses';
import type { WooxyState } from './state';

/** The arguments of contacts/remove, and their names in its errors. */
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

/** The queued changes of contacts/add, update and remove. */
export class ContactJobs {
	private readonly jobs = new Map<string, ContactJob>();

	constructor(
		private readonly state: WooxyState,
		private readonly notify: Notify,
	) {}

	/** contacts/add */
	add(fields: Fields) {
		const { id, records, webHookUri } = this.readRecords(fields);
		return this.queue('contacts/add', webHookUri, (job) => {
			for (const contact of records) {
				addResult(job, contact, () => this.state.contacts.add(id, contact));
			}
		});
	}

	/** contacts/update */
	update(fields: Fields) {
		const { id, records, webHookUri } = this.readRecords(fields);
		const upsert = readOptionalBoolean(fields, 'upsert') ?? false;
		return this.queue('contacts/update', webHookUri, (job) => {
			for (const contact of records) {
				addResult(job, contact, () => this.state.contacts.update(id, contact, upsert));
			}
		});
	}

	/** contacts/remove */
	remove(fields: Fields) {
		demand(fields, 'contactListId');
		const id = readText(fields, 'contactListId');
		const webHookUri = readUri(fields);
		const removals = REMOVALS.flatMap(({ argument, list, each, field }) => {
			const values = fields[argument] ?? [];
			if (!Array.isArray(values)) throw new Rejection(`Argument ${argument} must be ${list}`);
			if (!isStrings(values)) throw new Rejection(`Each ${each} must be a string`);
			return values.map((value) => ({ field, value }));
		});
		if (removals.length === 0) throw new Rejection('Bad Request');
		this.state.lists.require(id);
		return this.queue('contacts/remove', webHookUri, (job) => {
			for (const { field, value } of removals) {
				addResult(job, { [field]: value }, () => this.state.contacts.remove(id, field, value));
			}
		});
	}

	/** request/find */
	find(fields: Fields) {
		const requests: Record<string, ContactJob | null> = {};
		const errors: string[] = [];
		for (const id of readIds(fields)) {
			requests[id] = this.jobs.get(id) ?? null;
			if (requests[id] !== null) continue;
			errors.push(this.state.settings.requestNotFoundText.replace('{id}', id));
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
		this.state.lists.require(id);
		return { id, records, webHookUri };
	}

	private queue(source: string, webHookUri: string | null, run: (job: ContactJob) => void) {
		const { core, settings } = this.state;
		const now = formatTime(new Date());
		const job: ContactJob = {
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
			run(job);
			job.status = settings.requestStatusDone;
			job.updatedAt = formatTime(new Date());
			if (webHookUri !== null) this.notify.request(webHookUri, job);
		});
		return { requestId: job.id };
	}
}

function addResult({ results }: ContactJob, requested: Fields, change: () => Contact): void {
	try {
		results.success.push(summarizeContact(change()));
	} catch (error) {
		if (!(error instanceof Rejection)) throw error;
		const { message } = error;
		results.errors.push({
			error: message,
			contact: summarizeContact(undefined, requested),
			humanError: message,
		});
	}
}

function readUri(fields: Fields): string | null {
	const uri = readOptionalText(fields, 'webHookUri');
	if (uri === undefined || URL.canParse(uri)) return uri ?? null;
	throw new Rejection('Argument webHookUri must be a valid URI');
}
