import type { IHookFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { toNodeError } from './nodeError';
import { redactor } from './redact';

/** n8n's contexts outside of executions: activations and drop-downs. */
type Context = IHookFunctions | ILoadOptionsFunctions;

/**
 * Runs a step of a trigger's activation or a look-up for a drop-down. n8n shows the errors of these
 * unchanged, so a failure is thrown as n8n's error, with the secrets of the credentials masked.
 */
export async function throwAsNodeError<T>(context: Context, step: () => Promise<T>): Promise<T> {
	try {
		return await step();
	} catch (error) {
		throw toNodeError(error, { node: context.getNode(), redact: await redactorOf(context) });
	}
}

async function redactorOf(context: Context) {
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
