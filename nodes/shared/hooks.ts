import type { IHookFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from './nodeError';
import { redactor } from './redact';

/** The contexts of n8n that are no run of a node: activations and drop-downs. */
type HookContext = IHookFunctions | ILoadOptionsFunctions;

/**
 * Runs a step of a trigger's activation, or a look-up for a drop-down. n8n shows what it throws,
 * so a failure is thrown as n8n's error, with nothing of the credentials in it.
 */
export async function hook<T>(context: HookContext, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		throw toNodeError(error, { node: context.getNode(), redact: await redactorOf(context) });
	}
}

async function redactorOf(context: HookContext) {
	const types = Object.keys(context.getNode().credentials ?? {});
	const secrets: string[] = [];
	for (const type of types) {
		const values = Object.entries(await context.getCredentials(type));
		for (const [name, value] of values) {
			if (name !== 'baseUrl' && typeof value === 'string') secrets.push(value);
		}
	}
	return redactor(secrets);
}
