import type { INode, IRunExecutionData } from 'n8n-workflow';

/**
 * What n8n's contexts hold beside the interface that nodes are given. Each may be elsewhere in another
 * host, or missing: whoever reads one does without it then.
 */
interface Inside {
	/** Of a run: the workflow that n8n stores with the execution. */
	workflow?: { nodes?: Record<string, INode> };
	/** Of a webhook: the execution that it resumes. */
	runExecutionData?: IRunExecutionData | null;
	additionalData?: { webhookBaseUrl?: string; credentialsHelper?: object };
}

export function inside(context: object): Inside {
	return context;
}
