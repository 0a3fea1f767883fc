import type { IHookFunctions } from 'n8n-workflow';
import { throwAsNodeError } from '../errors/throwAsNodeError';
import type { Postbacks } from '../provider/provider';
import { checkTriggerParameters } from './triggerParameters';
import { forgetTriggerUrl, isTriggerUrlRemembered, rememberTriggerUrl } from './triggerUrls';

/**
 * The webhook methods of a trigger, which n8n calls when its workflow is published and unpublished.
 * They register the trigger's URL if the provider has an API for that. They store it for the nodes
 * that send if each message can name its own status URL.
 */
export function webhookMethods({ postbacks }: { postbacks: Postbacks }) {
	const { statusUrlPerMessage, registration, verification } = postbacks;
	return {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await throwAsNodeError(this, async () => {
					checkTriggerParameters(this);
					if (statusUrlPerMessage && !isTriggerUrlRemembered(this)) return false;
					return registration ? await registration.isRegistered(this) : statusUrlPerMessage;
				});
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await throwAsNodeError(this, async () => {
					checkTriggerParameters(this);
					await verification.warn(this);
					await registration?.register(this);
					if (statusUrlPerMessage) rememberTriggerUrl(this);
					return true;
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await throwAsNodeError(this, async () => {
					if (statusUrlPerMessage) forgetTriggerUrl(this);
					await registration?.unregister(this);
					return true;
				});
			},
		},
	};
}
