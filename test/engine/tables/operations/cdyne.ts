import { sleep } from 'n8n-workflow';
import { rowsOf } from '../operationRow';
import type { OperationRow, Stage } from '../operationRow';

const row = rowsOf('cdyne');
const to = (last: number) => ({ to: `+1 (757) 555-${last}`, message: 'Your table is ready' });
const handset = (last: number) => `1757555${last}`;
const number = (last: number) => `+${handset(last)}`;
const PICTURE = 'https://example.com/a.png';
const SHORT_CODE = '55512';

const send = { resource: 'message', operation: 'send' };
const sent = (last: number) => ({
	provider: 'cdyne',
	to: number(last),
	status: 'queued',
	isFinal: false,
});
const lookUp = { kind: 'repeatable', handsets: [] } as const;

/** Sends a message to the number, which replies. */
async function replied({ sandbox, run }: Stage, last: number, text: string) {
	await run({ ...send, ...to(last) });
	await sleep(100);
	await sandbox.simulators.get('cdyne')?.reply?.({ from: handset(last), text });
	return {};
}

async function uploaded({ run }: Stage, fileName: string) {
	const upload = { resource: 'media', operation: 'upload', source: 'url', url: PICTURE, fileName };
	const [{ mediaId }] = await run(upload);
	return { mediaId: String(mediaId) };
}

async function assigned({ run }: Stage, keyword: string) {
	await run({ resource: 'keyword', operation: 'assign', keyword, shortCode: SHORT_CODE });
	return {};
}

export const cdyneRows: OperationRow[] = [
	row('message.send', to(2001), {
		calls: ['AdvancedSMSsend'],
		kind: 'send',
		handsets: [handset(2001)],
		findsLostSends: true,
		output: [sent(2001)],
	}),
	row(
		'message.send to several numbers',
		{ ...to(2002), to: '+1 757 555 2002, 7575552003' },
		{
			calls: ['AdvancedSMSsend'],
			kind: 'send',
			handsets: [handset(2002), handset(2003)],
			findsLostSends: true,
			output: [sent(2002), sent(2003)],
		},
	),
	row(
		'message.send with a reference',
		{ ...to(2004), options: { referenceId: 'order-2004' } },
		{
			calls: ['AdvancedSMSsend'],
			kind: 'send',
			handsets: [handset(2004)],
			findsLostSends: true,
			output: [{ to: number(2004), referenceId: 'order-2004' }],
		},
	),
	row('message.sendSimple', to(2005), {
		calls: ['SimpleSMSsend'],
		kind: 'send',
		handsets: [handset(2005)],
		output: [sent(2005)],
	}),
	row(
		'message.sendSimple with a status URL',
		{ ...to(2006), statusUpdates: 'url', statusUrl: 'http://127.0.0.1:9/status' },
		{
			calls: ['SimpleSMSsendWithPostback'],
			kind: 'send',
			handsets: [handset(2006)],
			output: [sent(2006)],
		},
	),
	row(
		'message.sendMms',
		{ ...to(2007), mediaUrls: PICTURE },
		{
			calls: ['SendMessage'],
			kind: 'send',
			handsets: [handset(2007)],
			findsLostSends: true,
			output: [{ to: number(2007), status: 'queued' }],
		},
	),
	row(
		'message.getStatus',
		{},
		{
			...lookUp,
			prepare: async ({ run }) => {
				const [{ messageId }] = await run({ ...send, ...to(2008) });
				return { messageId: String(messageId) };
			},
			calls: ['GetMessageStatus'],
			output: [{ provider: 'cdyne', found: true }],
		},
	),
	row(
		'message.getStatus of an MMS',
		{ messageType: 'mms' },
		{
			...lookUp,
			prepare: async ({ run }) => {
				const mms = { resource: 'message', operation: 'sendMms', mediaUrls: PICTURE };
				const [{ messageId }] = await run({ ...mms, ...to(2009) });
				return { messageId: String(messageId) };
			},
			calls: ['ReadMessageStatus'],
			output: [{ provider: 'cdyne', found: true, to: number(2009) }],
		},
	),
	row(
		'message.getManyByReference',
		{ referenceId: 'order-2010' },
		{
			...lookUp,
			prepare: async ({ run }) => {
				await run({ ...send, ...to(2010), options: { referenceId: 'order-2010' } });
				return {};
			},
			calls: ['GetMessageStatusByReferenceID'],
			output: [{ provider: 'cdyne', referenceId: 'order-2010' }],
		},
	),
	row(
		'message.cancel',
		{},
		{
			...lookUp,
			prepare: async ({ run }) => {
				const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
				const [{ messageId }] = await run({ ...send, ...to(2011), options: { scheduledAt } });
				return { messageId: String(messageId) };
			},
			calls: ['CancelMessage'],
			output: [{ provider: 'cdyne', status: 'canceled', isFinal: true }],
		},
	),
	row(
		'incomingMessage.getMany',
		{ returnAll: true },
		{
			...lookUp,
			prepare: async (stage) => await replied(stage, 2012, 'On my way'),
			// page by page, until a page is empty
			calls: ['ReadIncomingMessages', 'ReadIncomingMessages'],
			output: [{ provider: 'cdyne', from: number(2012), text: 'On my way' }],
		},
	),
	row(
		'incomingMessage.getUnread',
		{},
		{
			prepare: async (stage) => await replied(stage, 2013, 'In a minute'),
			calls: ['GetUnreadIncomingMessages'],
			// each message is returned only once: a retry could lose what the first request returned
			kind: 'send',
			handsets: [],
			output: [{ provider: 'cdyne', from: number(2013), text: 'In a minute' }],
		},
	),
	row(
		'optOut.getMany',
		{ returnAll: true },
		{
			...lookUp,
			prepare: async (stage) => await replied(stage, 2014, 'STOP'),
			calls: ['GetUnsubscribedNumbers'],
			output: [{ phoneNumber: number(2014) }],
		},
	),
	row(
		'postbackSetting.getMany',
		{ scope: 'licenseKey', returnAll: true },
		{
			...lookUp,
			prepare: async ({ run }) => {
				await run({
					resource: 'postbackSetting',
					operation: 'update',
					scope: 'licenseKey',
					postbackType: 'deliveryReceipt',
					url: 'http://127.0.0.1:9/receipts',
					enabled: true,
				});
				return {};
			},
			calls: ['GetPostbackSettingsForLicenseKey'],
			output: [{ postbackType: 'deliveryReceipt', url: 'http://127.0.0.1:9/receipts' }],
		},
	),
	row(
		'postbackSetting.update',
		{
			scope: 'licenseKey',
			postbackType: 'incomingMessage',
			url: 'http://127.0.0.1:9/in',
			enabled: true,
		},
		{
			...lookUp,
			calls: [
				'SetPostbackUrlForLicenseKey',
				'SetPostbackEnabledForLicenseKey',
				'GetPostbackSettingsForLicenseKey',
			],
			output: [{ postbackType: 'incomingMessage', url: 'http://127.0.0.1:9/in', enabled: true }],
		},
	),
	row(
		'postbackSetting.update of a number',
		{
			scope: 'phoneNumber',
			phoneNumber: '+1 757 555 0100',
			country: 'US',
			postbackType: 'outgoingMessage',
			url: 'http://127.0.0.1:9/out',
			enabled: true,
		},
		{
			...lookUp,
			calls: [
				'SetPostbackUrlForPhoneNumber',
				'SetPostbackEnabledForPhoneNumber',
				'GetPostbackSettingsForPhoneNumber',
			],
			output: [{ postbackType: 'outgoingMessage', phoneNumber: '+17575550100', enabled: true }],
		},
	),
	row(
		'keyword.getMany',
		{ returnAll: true },
		{
			...lookUp,
			prepare: async (stage) => await assigned(stage, 'SALAD'),
			calls: ['GetKeywords'],
			output: [{ keyword: 'SALAD', shortCode: SHORT_CODE }],
		},
	),
	row(
		'keyword.assign',
		{ keyword: 'PIZZA', shortCode: SHORT_CODE },
		{
			...lookUp,
			calls: ['AssignKeyword'],
			output: [{ keyword: 'PIZZA', shortCode: SHORT_CODE }],
		},
	),
	row(
		'keyword.remove',
		{ keyword: 'PASTA', shortCode: SHORT_CODE },
		{
			...lookUp,
			prepare: async (stage) => await assigned(stage, 'PASTA'),
			calls: ['RemoveKeyword'],
			output: [{ keyword: 'PASTA' }],
		},
	),
	row(
		'media.upload from a URL',
		{ source: 'url', url: PICTURE, fileName: 'url.png' },
		{
			calls: ['CreateMediaFromUrl'],
			kind: 'send',
			handsets: [],
			output: [{ provider: 'cdyne', fileName: 'url.png' }],
		},
	),
	row(
		'media.upload of a file',
		{ source: 'binary', binaryPropertyName: 'file' },
		{
			file: { name: 'file.png', mimeType: 'image/png', content: 'not really a picture' },
			calls: ['CreateMediaFromContent'],
			kind: 'send',
			handsets: [],
			output: [{ provider: 'cdyne', fileName: 'file.png', fileSize: 20 }],
		},
	),
	row(
		'media.download',
		{},
		{
			...lookUp,
			prepare: async (stage) => await uploaded(stage, 'download.png'),
			// the file does not contain its name
			calls: ['GetMediaInfo', 'GetMedia'],
			output: [{ provider: 'cdyne', fileName: 'download.png' }],
		},
	),
	row(
		'media.get',
		{},
		{
			...lookUp,
			prepare: async (stage) => await uploaded(stage, 'get.png'),
			calls: ['GetMediaInfo'],
			output: [{ provider: 'cdyne', fileName: 'get.png' }],
		},
	),
	row(
		'media.delete',
		{},
		{
			...lookUp,
			prepare: async (stage) => await uploaded(stage, 'delete.png'),
			calls: ['RemoveMedia'],
			output: [{ deleted: true }],
		},
	),
];
