/** A queued change of contacts, as request/find returns it. */
export interface ContactJob {
	id: string;
	source: string;
	status: string;
	webHookUri: string | null;
	createdAt: string;
	updatedAt: string;
	results: { errors: object[]; success: object[] };
}
