import type {
	IExecuteFunctions,
	IHookFunctions,
	INodePropertyOptions,
	IWebhookFunctions,
} from 'n8n-workflow';
import type { PostbackEvent, ParsePostback } from '../model/event';
import type { SmsStatus } from '../model/message';
import type { OutputSchema } from '../model/schema';
import type { Connection, Operation } from './operation';

/** How a provider's postbacks are received, read and responded to. */
export interface Postbacks {
	/** Reads the events of a postback. */
	read: ParsePostback;
	/** The fields of the events, for n8n's editor. */
	outputSchema: OutputSchema;
	verification: Verification;
	/** With `GET`, the query is read like a form. */
	method: 'GET' | 'POST';
	/** The response that the provider expects. */
	response: PostbackResponse;
	/** When to respond, unless the user chooses. */
	respond: 'whenStored' | 'atOnce';
	/** Events that are output whatever Trigger On says, because their type is unknown. */
	bypassesEventFilter?(event: PostbackEvent): boolean;
	/** The statuses that `message.status` events can have, if there are several to filter by. */
	statuses?: readonly SmsStatus[];
	/** Further filters in the panel of the provider's trigger. */
	accepts?(context: IWebhookFunctions, event: PostbackEvent): boolean;
	/** Each message can name its own status URL, so triggers store theirs for the nodes that send. */
	statusUrlPerMessage: boolean;
	/** For providers with an API to register the trigger's URL. */
	registration?: Registration;
}

/** Checks that a postback comes from the provider. */
export interface Verification {
	/** @returns the secrets that the request may contain, or undefined if it is forged */
	secretsOf(context: IWebhookFunctions): Promise<string[] | undefined>;
	/** Warns, when a workflow is published, if its trigger accepts postbacks from anyone. */
	warn(context: IHookFunctions): Promise<void>;
}

/** Registers the trigger's URL at the provider. */
export interface Registration {
	/** Whether the provider already posts the selected events here, or need not be told to. */
	isRegistered(context: IHookFunctions): Promise<boolean>;
	/** @throws Failure if it cannot be registered; then nothing has changed at the provider */
	register(context: IHookFunctions): Promise<void>;
	unregister(context: IHookFunctions): Promise<void>;
}

/** Everything that shared/ knows about a provider. */
export interface Provider<Api extends Connection> {
	/** The value of `provider` in outputs and events. */
	name: string;
	resources: INodePropertyOptions[];
	operations: ReadonlyArray<Operation<Api>>;
	/** Reads the credentials; called once per run. */
	connect(context: IExecuteFunctions): Promise<Api>;
	/** The default of Concurrency: requests in flight. */
	concurrency: number;
	/** The maximum of Concurrency: the provider's own limit, or what one n8n can use. */
	maxConcurrency: number;
	postbacks: Postbacks;
}

/** The response to a postback. */
export interface PostbackResponse {
	body: string;
	/** The content type. */
	type: string;
}

/** The response that most providers expect. */
export const OK_RESPONSE: PostbackResponse = { body: 'OK', type: 'text/plain' };

/** The path of a trigger's webhook within n8n. */
export const POSTBACK_PATH = 'webhook';
