import type { IHookFunctions } from 'n8n-workflow';
import { hook } from './hooks';
import type { Postbacks } from './postbacks';
import { forgetAddress, isRemembered, rememberAddress } from './triggerAddress';

/**
 * What a trigger does when its workflow is published and unpublished: it registers its address where
 * the provider's API takes it, and leaves it for the nodes that send where a message can name it.
 */
export function webhookMethods({ postbacks }: { postbacks: Postbacks }) {
	const { perMessage, registration, verification } = postbacks;
	return {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					if (perMessage && !isRemembered(this)) return false;
					return registration ? await registration.isRegistered(this) : perMessage;
				});
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					await verification.warn(this);
					await registration?.register(this);
					if (perMessage) rememberAddress(this);
					return true;
				});
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await hook(this, async () => {
					if (perMessage) forgetAddress(this);
					await registration?.unregister(this);
					return true;
				});
			},
		},
	};
}
