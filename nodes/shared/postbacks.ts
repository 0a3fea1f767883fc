import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { PostbackEvent, ReadPostback } from './event';
import type { SmsStatus } from './message';
import type { Reply } from './reply';
import type { Shape } from './schema';

/** What a provider posts, and what has to be done for it. */
export interface Postbacks {
	/** From what came to its events. */
	read: ReadPostback;
	/** The fields of its events, for n8n's editor. */
	gives: Shape;
	verification: Verification;
	/** How they come. Those of a `GET` are read from the query, as if it were a form. */
	method: 'GET' | 'POST';
	/** What the provider wants to hear. */
	reply: Reply;
	/** When it hears it, where the user has not chosen. */
	answer: 'whenStored' | 'atOnce';
	/** Events that no choice of the user drops, as they do not say of which kind they are. */
	isUnnamed?(event: PostbackEvent): boolean;
	/** Of message.status, where there are several to choose from. */
	statuses?: readonly SmsStatus[];
	/** Further filters of the provider's trigger. */
	accepts?(context: IWebhookFunctions, event: PostbackEvent): boolean;
	/** A message can name the address for its status: a trigger leaves its own for those that send. */
	perMessage: boolean;
	/** Where the provider's API takes the trigger's address. */
	registration?: Registration;
}

/** How it is known that a postback is the provider's. */
export interface Verification {
	/** @returns the secrets that may stand in the request, or undefined for a forgery */
	secretsOf(context: IWebhookFunctions): Promise<string[] | undefined>;
	/** Says, when a workflow is published, what makes its trigger take anybody's postbacks. */
	warn(context: IHookFunctions): Promise<void>;
}

/** The trigger's address at the provider. */
export interface Registration {
	/** Whether the provider posts what is wanted to this trigger, or need not be told to. */
	isRegistered(context: IHookFunctions): Promise<boolean>;
	/** @throws Failure where it cannot be registered; then all is as before */
	register(context: IHookFunctions): Promise<void>;
	unregister(context: IHookFunctions): Promise<void>;
}
