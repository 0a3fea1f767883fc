/** Settings of the Namirial simulator, as in the control API. */
export interface NamirialSettings {
	/** The account of the gateway. */
	username: string;
	password: string;
	/** Whether that account may use the Admin paths. If not, it gets an authentication error. */
	admin: boolean;
	/** The key of the status API. */
	apiKey: string;
	/** HTTP status of code 63; 401 is also plausible: not documented. */
	authenticationStatus: number;
	/** Whether Services/checkServiceStatus requires authentication: the documents disagree. */
	healthNeedsAccount: boolean;
	/** What the health calls report, and the error text if it is false. */
	healthy: boolean;
	healthError: string;
	/** HTTP status of an invalid send body: not documented. */
	schemaStatus: number;
	/** Reject unknown fields, and optional fields that are null or '': not documented. */
	strictFields: boolean;
	/** Reject a webhook without `authentication`: not documented. */
	requireWebhookAuthentication: boolean;
	/** Accept http for a webhook on this machine, unlike the real service. */
	allowLoopbackHttp: boolean;
	/** The closed list of `reference.service`, which is not published. */
	services: string[];
	/** Hosts that a text may link to, null for all; other links get code 74. Not documented. */
	allowedHosts: string[] | null;
	/** Replaces the simulator's error texts, by code; most texts are not documented. */
	errorTexts: Record<string, string>;
	/** Whether error bodies have `details`. */
	errorDetails: boolean;
	/** The networks that messages are sent through, in turn. */
	upstreamProviders: string[];
	/** Anti-flooding: maximum equal texts to a number through one upstream provider. */
	duplicateLimit: number;
	/** Anti-flooding: maximum messages to a number. One page says 150, its diagram 100. */
	volumeLimit: number;
	/** Anti-flooding: the time window, on the sandbox's clock. */
	floodWindowMs: number;
	/** Which attempts anti-flooding counts: not documented. */
	floodCounts: 'accepted' | 'all';
	/** Whether the response to a text dropped as a duplicate has an id: not documented. */
	droppedHasId: boolean;
	/** The sender shown on the handset; requests cannot set a sender. */
	sender: string;
	/** Write times without fractions of a second, as in every sample. */
	wholeSeconds: boolean;
	/** A fixed time for the provider's clock, in ISO 8601; null for the current time. */
	providerTime: string | null;
	/** Whether SENT is a separate status or is skipped: the diagram was not visible. */
	reportSent: boolean;
	/** Whether messages without a reference have `reference: {}` or no such field. */
	emptyReference: boolean;
	/** Whether an RCS message has `sms`: not documented. */
	smsInRcs: boolean;
	/** Status API: HTTP status of an id that is not a UUID, 404 or 400: not documented. */
	malformedIdStatus: number;
	/** Status API: HTTP status of an invalid `count` or `sendDate`: not documented. */
	badQueryStatus: number;
	/** Status API: whether 403 and 404 have a JSON body: not documented. */
	statusErrorBodies: boolean;
	/** Status API, lists: include messages accepted exactly at `sendDate`: not documented. */
	sendDateInclusive: boolean;
	/** Status API, lists: newest first, as "latest" suggests: not documented. */
	newestFirst: boolean;
	/** Status API, lists: add a last element without a message, as in the OpenAPI sample. */
	emptyWrapper: boolean;
	/** Whether paths are case-sensitive: not documented. */
	caseSensitivePaths: boolean;
	/** Delays before the retries of a notification: not documented. */
	retryPausesMs: number[];
	/** Timeout for the response to a notification: not documented. */
	notificationTimeoutMs: number;
	/** Content type of notifications: not documented. */
	notificationContentType: string;
}

export const USERNAME = 'sandbox-account';
export const PASSWORD = 'pässword:with-colon';
export const STATUS_KEY = 'example-status-key-8d2f6a14';

export function initialSettings(): NamirialSettings {
	return {
		username: USERNAME,
		password: PASSWORD,
		admin: true,
		apiKey: STATUS_KEY,
		authenticationStatus: 500,
		healthNeedsAccount: false,
		healthy: true,
		healthError: 'Database is not reachable',
		schemaStatus: 400,
		strictFields: true,
		requireWebhookAuthentication: true,
		allowLoopbackHttp: true,
		services: ['AUTHENTICATION', 'DIGITALSIGN', 'ECOMMERCE', 'ADMIN'],
		allowedHosts: null,
		errorTexts: {},
		errorDetails: true,
		upstreamProviders: ['PROVIDER1'],
		duplicateLimit: 2,
		volumeLimit: 150,
		floodWindowMs: 3_600_000,
		floodCounts: 'accepted',
		droppedHasId: true,
		sender: 'NAMIRIAL',
		wholeSeconds: true,
		providerTime: null,
		reportSent: true,
		emptyReference: true,
		smsInRcs: false,
		malformedIdStatus: 404,
		badQueryStatus: 400,
		statusErrorBodies: false,
		sendDateInclusive: false,
		newestFirst: true,
		emptyWrapper: false,
		caseSensitivePaths: true,
		retryPausesMs: [1_000, 5_000, 15_000],
		notificationTimeoutMs: 10_000,
		notificationContentType: 'application/json',
	};
}

/** Returns the time of the provider's clock, as the provider writes it. */
export function timestamp({ providerTime, wholeSeconds }: NamirialSettings): string {
	const text = (providerTime === null ? new Date() : new Date(providerTime)).toISOString();
	return wholeSeconds ? text.replace(/\.\d+Z$/, 'Z') : text;
}
