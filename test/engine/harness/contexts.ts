import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';
import { Item } from '../../../nodes/shared/input/item';
import { smsMessage } from '../../../nodes/shared/model/message';
import type { SmsMessage } from '../../../nodes/shared/model/message';

/** The node that errors name. */
export const NODE: INode = {
	id: '1',
	name: 'N',
	type: 'n',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** The context of a run. @param members replace or extend the default members */
export function contextWith(parameters: IDataObject = {}, members: object = {}): IExecuteFunctions {
	const store = {};
	return {
		getNode: () => ({
			id: 'node-1',
			name: 'Node',
			type: 'n8n-nodes-sms-gateways.cdyne',
			parameters,
		}),
		getNodeParameter: (name: string, _index: number, fallback: unknown) =>
			name in parameters ? parameters[name] : fallback,
		getContext: () => store,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getMode: () => 'trigger',
		getTimezone: () => 'UTC',
		getInputData: () => [{ json: {} }],
		continueOnFail: () => false,
		...members,
	} as unknown as IExecuteFunctions;
}

export function itemWith(parameters: IDataObject = {}, members: object = {}, index = 0): Item {
	return new Item(contextWith(parameters, members), index);
}

export function messageWith(fields: Partial<SmsMessage> = {}): SmsMessage {
	return smsMessage({
		provider: 'p',
		messageId: 'm1',
		status: 'queued',
		providerStatus: 'Queued',
		...fields,
	});
}
