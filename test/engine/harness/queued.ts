/** The fields of a message that a provider has accepted without any details. */
export const QUEUED = {
	referenceId: null,
	to: null,
	from: null,
	status: 'queued',
	isFinal: false,
	errorCode: null,
	errorMessage: null,
	createdAt: null,
	sentAt: null,
	updatedAt: null,
} as const;
