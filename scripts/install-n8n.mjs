/** Installs the n8n that N8N_VERSION names, and nothing else, so that it can be done beside other work. */
import { installN8n } from './install.mjs';
import { runScript } from './progress.mjs';

await runScript(installN8n);
