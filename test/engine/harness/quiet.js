// n8n-core prints every error of a node, and tests are full of errors that are meant to happen
process.env.N8N_LOG_LEVEL ??= 'silent';
