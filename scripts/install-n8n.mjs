/** Installs only the n8n version in N8N_VERSION, so that it can run in parallel with other work. */
import { installN8n } from './install.mjs';
import { runScript } from './progress.mjs';

await runScript(installN8n);
