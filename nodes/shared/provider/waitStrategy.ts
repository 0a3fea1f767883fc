import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';
import type { Item } from '../input/item';
import type { PostbackEvent } from '../model/event';
import type { Output } from '../model/output';

/** What n8n stores with a suspended execution, for the requests that resume it. */
export interface SuspendedWait {
	/** Identifies this wait: an execution can wait several times. */
	waitId: string;
	/** What the wait strategy needs when it resumes. */
	state: IDataObject;
	/** The key that requests to the resume URL need, if n8n does not sign that URL itself. */
	key?: string;
}

export interface SuspensionPlan {
	state: IDataObject;
	until: Date;
	/** Output if the limit passes first. */
	outputsAtLimit: Output[];
	/** Shown as the node's output while it waits. */
	outputsWhileWaiting: Output[];
	/** The URL that look-up requests are posted to; undefined if nothing can be looked up. */
	lookupUrl?: string;
	/** Whether the status is looked up now and then during the wait, not only near its ends. */
	looksUpOften?: boolean;
	/** The question that is open while the execution waits. @see openQuestions.ts */
	question?: { to: string; code?: string };
	/** Custom data by which the execution can be found in n8n's list. */
	executionNames?: Record<string, string | null>;
}

/** How one operation waits for the outcome of the one item that it ran. */
export interface WaitStrategy extends ResumeRule {
	/**
	 * Plans the wait.
	 *
	 * @param until the limit that the user set, or the default
	 * @returns how to suspend the execution, or the outputs if there is nothing to wait for
	 */
	planSuspension(item: Item, sent: Output[], until: Date): SuspensionPlan | Output[];
}

/** What a request to the resume URL does. Each function returns undefined to keep waiting. */
export interface ResumeRule {
	/** @returns the outputs to resume with */
	onEvents(resumeContext: ResumeContext, events: PostbackEvent[]): Promise<Output[] | undefined>;
	/**
	 * Handles a look-up request, which the node posts to itself.
	 *
	 * @param last the limit is near, so this is the last look-up
	 * @returns the outputs to resume with
	 */
	onLookUp?(resumeContext: ResumeContext, last: boolean): Promise<Output[] | undefined>;
}

export interface ResumeContext {
	context: IWebhookFunctions;
	/** The state that the suspension plan stored. */
	state: IDataObject;
	waitId: string;
}
