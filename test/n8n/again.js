// A whole n8n and its processes share one machine here, and n8n does things of its own in between:
// what fails is tried once more, and said both times.
jest.retryTimes(1, { logErrorsBeforeRetry: true });
