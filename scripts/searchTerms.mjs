/** What people type into n8n's search for nodes, and the nodes that it finds first. */

const SENDING = ['cdyne', 'namirialSms', 'skycore', 'wooxy'];
const TRIGGERS = ['cdyneTrigger', 'namirialSmsTrigger', 'skycoreTrigger', 'wooxyTrigger'];
const RECEIVING = ['cdyneTrigger', 'skycoreTrigger'];
const OPTING_OUT = ['cdyne', 'skycore', 'wooxy', ...RECEIVING, 'wooxyTrigger'];
const ALL = [...SENDING, ...TRIGGERS];

/** @type {Record<string, string[]>} */
export const SEARCH_TERMS = {
	'send sms': SENDING,
	'send text': SENDING,
	'bulk sms': SENDING,
	reminder: SENDING,
	appointment: SENDING,
	'verification code': SENDING,
	otp: SENDING,
	sms: ALL,
	texting: ALL,
	'text message': ALL,
	delivery: ALL,
	'delivery status': ALL,
	'delivery report': ALL,
	notify: ALL,
	'receive sms': RECEIVING,
	'incoming sms': RECEIVING,
	'sms reply': ['cdyne', ...RECEIVING],
	'two way': ['cdyne', ...RECEIVING],
	'opt out': OPTING_OUT,
	unsubscribe: OPTING_OUT,
	stop: OPTING_OUT,
	'wait for reply': ['cdyne'],
	approval: ['cdyne'],
};
