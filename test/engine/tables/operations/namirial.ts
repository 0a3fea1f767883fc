import { sleep } from 'n8n-workflow';
import { rowsOf } from '../operationRow';
import type { OperationRow } from '../operationRow';

const row = rowsOf('namirial');
const to = (last: number) => ({ to: `+39 333 555 ${last}`, message: 'Il tavolo è pronto' });
const handset = (last: number) => `39333555${last}`;

const send = { resource: 'message', operation: 'send' };
const sent = (last: number) => ({
	provider: 'namirial',
	to: `+${handset(last)}`,
	status: 'queued',
	isFinal: false,
});
const lookUp = { kind: 'repeatable', handsets: [] } as const;
const reference = (referenceKey: string) => ({ referenceService: 'AUTHENTICATION', referenceKey });

export const namirialRows: OperationRow[] = [
	row('message.send', to(2001), {
		calls: ['Services/send'],
		kind: 'send',
		handsets: [handset(2001)],
		output: [sent(2001)],
	}),
	row(
		'message.send with a reference',
		{ ...to(2002), options: reference('login-2002') },
		{
			calls: ['Services/send'],
			kind: 'send',
			handsets: [handset(2002)],
			findsLostSends: true,
			output: [{ provider: 'namirial', referenceId: 'login-2002' }],
		},
	),
	row(
		'message.sendOnBehalf',
		{ ...to(2003), account: 'branch-milano' },
		{
			calls: ['Admin/send'],
			kind: 'send',
			handsets: [handset(2003)],
			output: [sent(2003)],
		},
	),
	row(
		'message.getStatus',
		{},
		{
			...lookUp,
			prepare: async ({ run }) => {
				const [{ messageId }] = await run({ ...send, ...to(2004) });
				return { messageId: String(messageId) };
			},
			calls: ['messagestatus'],
			output: [{ provider: 'namirial', found: true }],
		},
	),
	row(
		'message.getManyByPhoneNumber',
		{ phoneNumber: '+39 333 555 2005' },
		{
			...lookUp,
			prepare: async ({ run }) => {
				await run({ ...send, ...to(2005) });
				await sleep(50);
				return {};
			},
			calls: ['messagestatus/phonenumber'],
			output: [{ provider: 'namirial', to: `+${handset(2005)}` }],
		},
	),
	row(
		'message.getManyByReference',
		{ referenceKey: 'login-2006' },
		{
			...lookUp,
			prepare: async ({ run }) => {
				await run({ ...send, ...to(2006), options: reference('login-2006') });
				return {};
			},
			calls: ['messagestatus/reference'],
			output: [{ provider: 'namirial', referenceId: 'login-2006' }],
		},
	),
	row(
		'service.getHealth',
		{},
		{
			...lookUp,
			calls: ['Services/checkServiceStatus'],
			output: [{ provider: 'namirial', healthy: true }],
		},
	),
];
