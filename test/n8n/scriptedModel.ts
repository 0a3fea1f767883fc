/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test support, not a node */
/**
 * A language model on this machine whose responses are written by a test. It supports the part of
 * OpenAI's chat completions that n8n's OpenAI Chat Model uses, streamed or not.
 *
 *     const model = await startScriptedModel(({ toolResults }) =>
 *       toolResults.length === 0
 *         ? { calls: [{ tool: 'Text_the_customer', input: { text: 'Hello' } }] }
 *         : { text: `Done: ${toolResults.join(', ')}` },
 *     );
 *     await n8n.credential('openAiApi', model.credential);
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ToolCall {
	tool: string;
	/** The parameters of the tool. */
	input: object;
}

/** A response of the model: a text, calls of tools, or an error with an HTTP status. */
export type Turn = { text: string } | { calls: ToolCall[] } | { status: number };

/** The content of a request to the model. */
export interface ModelRequest {
	/** The names of the available tools. */
	tools: string[];
	/** The descriptions of these tools. */
	descriptions: string[];
	/** The results of tools in this conversation, oldest first. */
	toolResults: string[];
	/** The message of the user. */
	prompt: string;
}

interface ChatRequest {
	model: string;
	stream?: boolean;
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{
		function: { name: string; description?: string; parameters: { properties?: object } };
	}>;
}

export interface ScriptedModel {
	/** Data of a credential of type `openAiApi`. */
	credential: { apiKey: string; url: string };
	/** All requests to the model. */
	requests: ModelRequest[];
	close(): Promise<void>;
}

/** Starts a model that responds as `script` decides. */
export async function startScriptedModel(
	script: (request: ModelRequest) => Turn,
): Promise<ScriptedModel> {
	const requests: ModelRequest[] = [];
	const server = createServer((request, response) => {
		void read(request).then((body) => {
			if (!request.url?.endsWith('/chat/completions')) {
				response.writeHead(404).end();
				return;
			}
			const chat = JSON.parse(body) as ChatRequest;
			const modelRequest = readRequest(chat);
			requests.push(modelRequest);
			respond(response, chat, script(modelRequest));
		});
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		credential: { apiKey: 'none', url: `http://127.0.0.1:${port}/v1` },
		requests,
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => {
				server.close(resolve);
			});
		},
	};
}

function readRequest({ messages, tools = [] }: ChatRequest): ModelRequest {
	const of = (role: string) =>
		messages.filter((message) => message.role === role).map(({ content }) => plain(content));
	return {
		tools: tools.map(({ function: { name } }) => name),
		descriptions: tools.map(({ function: { description } }) => description ?? ''),
		toolResults: of('tool'),
		prompt: of('user').join('\n'),
	};
}

function plain(content: unknown): string {
	return typeof content === 'string' ? content : JSON.stringify(content);
}

function respond(response: ServerResponse, chat: ChatRequest, turn: Turn) {
	if ('status' in turn) {
		response.writeHead(turn.status, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ error: { message: 'The model is unavailable' } }));
		return;
	}
	const { model, stream } = chat;
	const message =
		'text' in turn ? { content: turn.text } : { content: null, tool_calls: callsOf(turn, chat) };
	const finish = 'text' in turn ? 'stop' : 'tool_calls';
	const envelope = { id: `chatcmpl-${randomUUID()}`, created: 0, model };
	if (!stream) {
		const choices = [
			{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish },
		];
		const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
		response.writeHead(200, { 'content-type': 'application/json' });
		response.end(JSON.stringify({ ...envelope, object: 'chat.completion', choices, usage }));
		return;
	}
	response.writeHead(200, { 'content-type': 'text/event-stream' });
	const chunk = (delta: object, finishReason: string | null) => {
		const choices = [{ index: 0, delta, finish_reason: finishReason }];
		const part = { ...envelope, object: 'chat.completion.chunk', choices };
		response.write(`data: ${JSON.stringify(part)}\n\n`);
	};
	chunk({ role: 'assistant', ...message }, null);
	chunk({}, finish);
	response.end('data: [DONE]\n\n');
}

function callsOf({ calls }: { calls: ToolCall[] }, { tools = [] }: ChatRequest) {
	return calls.map(({ tool, input }, index) => {
		const offered = tools.find(({ function: { name } }) => name === tool);
		// n8n wraps the parameters of reviewed tools in its schema, which a model follows
		const isReviewed = 'toolParameters' in (offered?.function.parameters.properties ?? {});
		const args = isReviewed ? { toolParameters: input, hitlParameters: {} } : input;
		return {
			index,
			id: `call_${randomUUID()}`,
			type: 'function',
			function: { name: tool, arguments: JSON.stringify(args) },
		};
	});
}

async function read(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
