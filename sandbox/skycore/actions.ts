import type { Account } from './account';
import {
	createMmsCampaign,
	getMmsCampaigns,
	sendSavedMmsCampaign,
	subscribe,
	unsubscribe,
} from './campaigns';
import { rejectIf } from './codes';
import { getMmsIds, saveMms, sendSavedMms } from './mms';
import type { Fields } from './read';
import { sendBySubscriberRef } from './sendBySubscriberRef';
import { sendSms } from './sms';
import type { FailureOrder } from './write';
import type { Element } from './xml';

/** An action of the API. */
export interface Action {
	/** As the provider spells it. */
	name: string;
	/** Sends messages, so the throughput limit applies. */
	sends?: true;
	failureOrder?: FailureOrder;
	/** Request fields that are repeated in a failure. */
	echo?: string[];
	/**
	 * Checks the fields without changing anything.
	 * @returns a function that performs the action and returns the fields of the response
	 * @throws Rejection
	 */
	prepare(account: Account, fields: Fields): () => Element[];
}

const ACTIONS: Action[] = [
	{ name: 'sendMessageBySubscriberRef', sends: true, prepare: sendBySubscriberRef },
	{ name: 'sendSMS', sends: true, failureOrder: 'toLast', prepare: sendSms },
	{ name: 'sendSavedMMS', sends: true, prepare: sendSavedMms },
	{ name: 'sendSavedMMSCampaign', sends: true, prepare: sendSavedMmsCampaign },
	{ name: 'saveMMS', prepare: saveMms },
	{ name: 'getMmsIds', prepare: getMmsIds },
	{ name: 'getMmsCampaigns', prepare: getMmsCampaigns },
	{ name: 'createMMSCampaign', prepare: createMmsCampaign },
	// unlike `unsubscribe`, this one repeats the campaign in a failure
	{ name: 'subscribe', echo: ['CAMPAIGNREF'], prepare: subscribe },
	{ name: 'unsubscribe', prepare: unsubscribe },
	{ name: 'removeMMSInboxMessage', prepare: removeFromInbox },
	{ name: 'removeMMSInboxContent', prepare: removeFromInbox },
	{ name: 'loginUser', prepare: logIn },
];

/** Published actions that this account may not use. */
const DENIED_ACTIONS = [
	'addPassData',
	'createEmailCampaign',
	'createUser',
	'deletePassData',
	'generatePass',
	'generatePassById',
	'getEmailCampaigns',
	'getEmailIds',
	'getPassEmailTemplate',
	'getPassTemplate',
	'getPassTemplateIds',
	'getSendingStatistics',
	'getSendingStatus',
	'sendMMS',
	'sendMMSBarcode',
	'sendPassInEmail',
	'sendPassInMMS',
	'sendSavedEmail',
	'subscribeEmail',
	'unsubscribeEmail',
	'updatePass',
];

/** Finds an action by name, ignoring surrounding spaces and case. */
export function findAction(name: string): Action | undefined {
	const searched = name.trim().toLowerCase();
	const action = ACTIONS.find((candidate) => candidate.name.toLowerCase() === searched);
	if (action !== undefined) return action;
	const denied = DENIED_ACTIONS.find((candidate) => candidate.toLowerCase() === searched);
	return denied === undefined ? undefined : { name: denied, prepare: deny };
}

function deny(): () => Element[] {
	rejectIf(true, 'E107');
	return () => [];
}

function removeFromInbox({ inbox }: Account, fields: Fields): () => Element[] {
	const id = fields.text('MMSINBOXID');
	rejectIf(id === '', 'E640');
	rejectIf(!inbox.has(id), 'E641');
	return () => {
		inbox.delete(id);
		return [
			['STATUS', 'Success'],
			['MMSINBOXID', id],
		];
	};
}

function logIn({ ids }: Account): () => Element[] {
	return () => [
		['STATUS', 'Success'],
		['SESSIONID', ids.session()],
	];
}
