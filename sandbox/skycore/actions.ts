import type { Account } from './account';
import {
	createMmsCampaign,
	getMmsCampaigns,
	sendSavedMmsCampaign,
	subscribe,
	unsubscribe,
} from './campaigns';
import { refuseIf } from './codes';
import { sendBySubscriberRef } from './group';
import { getMmsIds, saveMms, sendSavedMms } from './mms';
import type { Fields } from './read';
import { sendSms } from './sms';
import type { FailureOrder } from './write';
import type { Element } from './xml';

/** Something the API does. */
export interface Action {
	/** As the provider spells it. */
	name: string;
	/** Texts somebody, so the throughput counts. */
	sends?: true;
	failureOrder?: FailureOrder;
	/** Fields of the request that a failure repeats. */
	echo?: string[];
	/**
	 * Checks the fields and changes nothing; what it returns does the work and gives the answer.
	 * @throws Refusal
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
	// of the two, only this one repeats the campaign in a failure
	{ name: 'subscribe', echo: ['CAMPAIGNREF'], prepare: subscribe },
	{ name: 'unsubscribe', prepare: unsubscribe },
	{ name: 'removeMMSInboxMessage', prepare: removeFromInbox },
	{ name: 'removeMMSInboxContent', prepare: removeFromInbox },
	{ name: 'loginUser', prepare: logIn },
];

/** Published, and not for this account. */
const NOT_HERE = [
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

/** The action that a request names: blanks around it and case do not matter. */
export function findAction(name: string): Action | undefined {
	const wanted = name.trim().toLowerCase();
	const action = ACTIONS.find((known) => known.name.toLowerCase() === wanted);
	if (action !== undefined) return action;
	const denied = NOT_HERE.find((known) => known.toLowerCase() === wanted);
	return denied === undefined ? undefined : { name: denied, prepare: deny };
}

function deny(): () => Element[] {
	refuseIf(true, 'E107');
	return () => [];
}

function removeFromInbox({ inbox }: Account, fields: Fields): () => Element[] {
	const id = fields.text('MMSINBOXID');
	refuseIf(id === '', 'E640');
	refuseIf(!inbox.has(id), 'E641');
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
