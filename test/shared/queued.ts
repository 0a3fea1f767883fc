/** What is known of a message that a provider has taken and said nothing more of. */
export const QUEUED = {
	referenceId: null,
	to: null,
	from: null,
	status: 'queued',
	isFinal: false,
	errorCode: null,
	errorMessage: null,
	sentAt: null,
	updatedAt: null,
} as const;
