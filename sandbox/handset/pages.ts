/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- a local server, not a node */
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Next to this file, or in the sources if this file was bundled into `.work`. */
const FOLDER = [__dirname, path.join(__dirname, '../sandbox/handset')].find((folder) =>
	existsSync(path.join(folder, 'index.html')),
);

const FILES: Record<string, string> = {
	'index.html': 'text/html; charset=utf-8',
	'handset.css': 'text/css; charset=utf-8',
	'main.js': 'text/javascript; charset=utf-8',
	'bubble.js': 'text/javascript; charset=utf-8',
	'dom.js': 'text/javascript; charset=utf-8',
	'phones.js': 'text/javascript; charset=utf-8',
	'postback.js': 'text/javascript; charset=utf-8',
	'store.js': 'text/javascript; charset=utf-8',
};

/** Prevents loading anything from another origin, for example pictures of messages. */
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; " +
	"img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Serves the handset page at `/` and `/phone/{number}`. */
export function handsetPages(app: FastifyInstance): void {
	for (const address of ['/', '/phone/:number']) {
		app.get(address, async (_request, reply) => {
			void reply.headers({ 'Content-Security-Policy': POLICY, 'Cache-Control': 'no-store' });
			return await reply.type(FILES['index.html']).send(await readPageFile('index.html'));
		});
	}
	app.get<{ Params: { name: string } }>('/handset/:name', async ({ params }, reply) => {
		const type = FILES[params.name];
		if (type === undefined) return await reply.callNotFound();
		void reply.header('Cache-Control', 'no-store');
		return await reply.type(type).send(await readPageFile(params.name));
	});
}

async function readPageFile(name: string): Promise<Buffer> {
	if (FOLDER === undefined) throw new Error('The files of the handset page are missing.');
	return await readFile(path.join(FOLDER, name));
}
