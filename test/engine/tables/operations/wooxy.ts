import { sleep } from 'n8n-workflow';
import { listId } from '../../../../sandbox/wooxy/lists';
import { rowsOf } from '../operationRow';
import type { OperationRow, Stage } from '../operationRow';

const row = rowsOf('wooxy');
const DOMAIN = 'shop.example';
const contactListId = listId(DOMAIN, 'Customers');
const to = (last: number) => ({
	domain: DOMAIN,
	to: `+372 5555 ${last}`,
	message: 'Your table is ready',
});
const handset = (last: number) => `3725555${last}`;
const lookUp = { kind: 'repeatable', handsets: [] } as const;

async function upserted({ run }: Stage, contact: string) {
	const [{ requestId }] = await run({
		resource: 'contact',
		operation: 'upsert',
		contactListId,
		contact,
	});
	// longer than the sandbox takes to change a contact
	await sleep(400);
	return String(requestId);
}

async function blocked({ run }: Stage, phoneNumber: string) {
	await run({ resource: 'blockedNumber', operation: 'add', phoneNumber });
	return {};
}

export const wooxyRows: OperationRow[] = [
	row('message.send', to(2001), {
		calls: ['sms/send'],
		kind: 'send',
		handsets: [handset(2001)],
		output: [{ provider: 'wooxy', to: `+${handset(2001)}`, status: 'queued' }],
	}),
	row(
		'message.sendToContact',
		{ contactListId, contact: 'u-17', message: 'Hello {{contactFirstName}}' },
		{
			calls: ['sms/trigger'],
			kind: 'send',
			// the initial contact of the sandbox
			handsets: ['37255512345'],
			output: [{ provider: 'wooxy', status: 'queued' }],
		},
	),
	row(
		'message.getStatus',
		{},
		{
			...lookUp,
			prepare: async ({ run }) => {
				const [{ messageId }] = await run({
					resource: 'message',
					operation: 'send',
					...to(2002),
				});
				return { messageId: String(messageId) };
			},
			calls: ['sms/info'],
			isBatch: true,
			output: [{ provider: 'wooxy', found: true, to: `+${handset(2002)}` }],
		},
	),
	row(
		'contact.get',
		{ contactListId, contact: 'u-17' },
		{
			...lookUp,
			calls: ['contact/get'],
			output: [{ provider: 'wooxy', contactListId, userId: 'u-17' }],
		},
	),
	row(
		'contact.upsert',
		{ contactListId, contact: 'new@example.com' },
		{
			...lookUp,
			calls: ['contacts/update'],
			output: [{ provider: 'wooxy', contactListId, contact: 'new@example.com' }],
		},
	),
	row(
		'contact.delete',
		{ contactListId, contact: 'old@example.com' },
		{
			...lookUp,
			prepare: async (stage) => {
				await upserted(stage, 'old@example.com');
				return {};
			},
			calls: ['contacts/remove'],
			output: [{ provider: 'wooxy', contactListId, contact: 'old@example.com' }],
		},
	),
	row(
		'contact.getRequestStatus',
		{},
		{
			...lookUp,
			prepare: async (stage) => ({ requestId: await upserted(stage, 'asked@example.com') }),
			calls: ['request/find'],
			output: [{ provider: 'wooxy', status: 'done' }],
		},
	),
	row(
		'blockedNumber.add',
		{ phoneNumber: '+372 5555 2003' },
		{
			...lookUp,
			calls: ['phone-blacklist/add'],
			output: [{ provider: 'wooxy', phoneNumber: `+${handset(2003)}`, blocked: true }],
		},
	),
	row(
		'blockedNumber.getMany',
		{ phoneNumber: '+372 5555 2004' },
		{
			...lookUp,
			prepare: async (stage) => await blocked(stage, '+372 5555 2004'),
			calls: ['phone-blacklist/find'],
			output: [{ provider: 'wooxy', phoneNumber: `+${handset(2004)}` }],
		},
	),
	row(
		'blockedNumber.delete',
		{ phoneNumber: '+372 5555 2005' },
		{
			...lookUp,
			prepare: async (stage) => await blocked(stage, '+372 5555 2005'),
			calls: ['phone-blacklist/remove'],
			output: [{ provider: 'wooxy', phoneNumber: `+${handset(2005)}`, blocked: false }],
		},
	),
	row(
		'account.get',
		{},
		{
			...lookUp,
			calls: ['account/info'],
			output: [{ provider: 'wooxy', accountName: 'Sandbox Shop', accountBalance: 100 }],
		},
	),
	row(
		'domain.getMany',
		{ returnAll: true },
		{
			...lookUp,
			calls: ['domain/find'],
			output: [{ provider: 'wooxy', domain: DOMAIN }],
		},
	),
	row(
		'contactList.getMany',
		{ domain: DOMAIN, returnAll: true },
		{
			...lookUp,
			calls: ['contact-list/find'],
			output: [{ provider: 'wooxy', contactListId, contactListName: 'Customers' }],
		},
	),
];
