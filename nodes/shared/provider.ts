import type { IExecuteFunctions, INodePropertyOptions } from 'n8n-workflow';
import type { Connection, Operation, Pace } from './operation';
import type { Postbacks } from './postbacks';

/** All that shared/ knows of a provider. */
export interface Provider<Api extends Connection> {
	/** As outputs and events call it. */
	name: string;
	resources: INodePropertyOptions[];
	operations: ReadonlyArray<Operation<Api>>;
	/** Reads the credentials; once for a run. */
	connect(context: IExecuteFunctions, pace: Pace): Promise<Api>;
	/** Requests in flight unless the user says otherwise. */
	concurrency: number;
	/** The provider's own limit. */
	maxConcurrency?: number;
	postbacks: Postbacks;
}
