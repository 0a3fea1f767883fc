import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from './index';
import type { StoredMessage } from './messages';
import type { Postback } from './postbacks';

/**
 * Server-Sent Events: `message` and `postback`, each with the whole record, whenever one is new
 * or has changed; `reset` when all were forgotten. With `?replay=1` what there is comes first.
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
		// a page that was away for a while starts from nothing
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
