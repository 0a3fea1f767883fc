/** The switches of the Namirial simulator, as the control API shows them. */
export interface NamirialSettings {
	/** The one account of the gateway. */
	username: string;
	password: string;
	/** Whether that account may use the Admin paths; if not, it is refused there like a stranger. */
	admin: boolean;
	/** The key of the status API. */
	apiKey: string;
	/** HTTP status that carries code 63; 401 is plausible, too: not documented. */
	authenticationStatus: number;
	/** Whether Services/checkServiceStatus asks for the account: the documents disagree. */
	healthNeedsAccount: boolean;
	/** What the health calls report, and the reason where it is false. */
	healthy: boolean;
	healthError: string;
	/** HTTP status of a send that is not of the documented shape: not documented. */
	schemaStatus: number;
	/** Refuse unknown fields, and optional ones that are null or '': not documented. */
	strictFields: boolean;
	/** Refuse a webhook without `authentication`: not documented. */
	requireWebhookAuthentication: boolean;
	/** Take http for a webhook on this machine, which the real service does not. */
	allowLoopbackHttp: boolean;
	/** The closed list of `reference.service`, which is not published. */
	services: string[];
	/** Hosts that a text may link to, else code 74; null: all of them. Not documented. */
	allowedHosts: string[] | null;
	/** Wire texts by code, instead of the simulator's; most are not documented. */
	errorTexts: Record<string, string>;
	/** Whether error bodies have `details`. */
	errorDetails: boolean;
	/** The networks messages go out through, in turn. */
	upstreamProviders: string[];
	/** Anti-flooding: equal texts to a number through one upstream provider. */
	duplicateLimit: number;
	/** Anti-flooding: messages to a number. One page says 150, its diagram 100. */
	volumeLimit: number;
	/** Anti-flooding: of the sandbox's clock. */
	floodWindowMs: number;
	/** Which attempts anti-flooding counts: not documented. */
	floodCounts: 'accepted' | 'all';
	/** Whether the answer to a text dropped as a duplicate has an id: not documented. */
	droppedHasId: boolean;
	/** Who the handset shows as sender, which no request can choose. */
	sender: string;
	/** Times without fractions, as in every sample. */
	wholeSeconds: boolean;
	/** What the provider's clock shows, standing still: ISO 8601; null: the time. */
	providerTime: string | null;
	/** Whether SENT is a step of its own, or is skipped: the diagram was not visible. */
	reportSent: boolean;
	/** `reference: {}` where none was given; otherwise no such field. */
	emptyReference: boolean;
	/** Whether an RCS message has `sms`: not documented. */
	smsInRcs: boolean;
	/** Status API: HTTP status of an id that is no UUID, 404 or 400: not documented. */
	malformedIdStatus: number;
	/** Status API: HTTP status of a `count` or `sendDate` that makes no sense: not documented. */
	badQueryStatus: number;
	/** Status API: whether 403 and 404 have a JSON body: not documented. */
	statusErrorBodies: boolean;
	/** Status API, lists: a message accepted at `sendDate` itself is in: not documented. */
	sendDateInclusive: boolean;
	/** Status API, lists: newest first, as "latest" suggests: not documented. */
	newestFirst: boolean;
	/** Status API, lists: end with an element without a message, as the OpenAPI sample has it. */
	emptyWrapper: boolean;
	/** Whether paths are matched with regard to case: not documented. */
	caseSensitivePaths: boolean;
	/** Pauses before a notification is sent again: not documented. */
	retryPausesMs: number[];
	/** How long an answer to a notification may take: not documented. */
	notificationTimeoutMs: number;
	/** Content type of notifications: not documented. */
	notificationContentType: string;
}

export const USERNAME = 'sandbox-account';
export const PASSWORD = 'pässword:with-colon';
export const STATUS_KEY = 'example-status-key-8d2f6a14';

export function firstSettings(): NamirialSettings {
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

/** A moment of the provider's clock as it writes it, now unless told otherwise. */
export function timestamp({ providerTime, wholeSeconds }: NamirialSettings): string {
	const text = (providerTime === null ? new Date() : new Date(providerTime)).toISOString();
	return wholeSeconds ? text.replace(/\.\d+Z$/, 'Z') : text;
}
