import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredMessage } from './messages';
import type { Postback } from './postbacks';
import type { Sandbox } from './sandbox';

/**
 * Sends Server-Sent Events: `message` and `postback`, each with the whole record, when a record is
 * added or changed, and `reset` when all records were deleted. `?replay=1` sends the existing
 * records first.
 */
export function streamChanges(
	sandbox: Sandbox,
	request: FastifyRequest,
	reply: FastifyReply,
): void {
	reply.hijack();
	const { raw } = reply;
	raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
	const send = (event: string, record: unknown) =>
		raw.write(`event: ${event}\ndata: ${JSON.stringify(record)}\n\n`);
	const message = (record: StoredMessage) => send('message', record);
	const postback = (record: Postback) => send('postback', record);
	const reset = () => send('reset', {});

	if ((request.query as { replay?: string }).replay !== undefined) {
		// a page that reconnects may hold records that were deleted in the meantime
		reset();
		sandbox.messages.list().forEach(message);
		sandbox.postbacks.list().forEach(postback);
	} else {
		raw.write(': connected\n\n');
	}
	sandbox.messages.on('change', message).on('clear', reset);
	sandbox.postbacks.on('change', postback);
	raw.on('close', () => {
		sandbox.messages.off('change', message).off('clear', reset);
		sandbox.postbacks.off('change', postback);
	});
}
