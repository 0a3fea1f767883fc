import { readPostback } from '../../nodes/Cdyne/postback';
import { completeEvent } from '../../nodes/shared/receiving/readEvents';

const ID = '0f3a6c1e-8a55-4f0b-b0a9-6d2f1c9e7b31';
const BACKUP = '9d1c7f04-52c8-4f5e-8a0e-1b7f3f0c2a11';

const eventOf = (text: string) => {
	const [parsed] = readPostback({ text, contentType: '', headers: {} });
	return completeEvent('cdyne', 'now', parsed);
};
const receipt = (rest: string) =>
	eventOf(`DeliveryReceipt=1&MessageID=${ID}&ReferenceID=&ToPhoneNumber=17575550142&${rest}`);

describe('a receipt', () => {
	it.each([
		'000',
		' 000',
		'000 ',
		'000\r\n',
		'000\n',
		'0',
		'00',
		'%30%30%30',
		'000%0d%0a',
		'+000+',
	])('with the code %j is a delivery with the same event ID', (code) => {
		const event = receipt(`DeliveryReceiptMessage=stat:DELIVRD err:000 text:&Code=${code}`);
		expect(event).toMatchObject({ status: 'delivered', isFinal: true, errorCode: null });
		expect(event.eventId).toBe(receipt('DeliveryReceiptMessage=x&Code=000').eventId);
	});

	it.each([
		'DeliveryReceiptMessage=id:185 text:a & b + 100%&Code=024',
		'Code=024&DeliveryReceiptMessage=id:185 text:a & b + 100%',
		'DeliveryReceiptMessage=id%3a185+text%3ahello&Code=024',
		'code=024&deliveryreceiptmessage=id:185',
		'DeliveryReceiptMessage=sub:001 err:024 text:',
	])('%s is undelivered, with the code and its name', (rest) => {
		expect(receipt(rest)).toMatchObject({
			status: 'undelivered',
			isFinal: true,
			errorCode: '024',
			providerStatus: 'Undeliverable',
		});
	});

	it('keeps the fields that follow the text of the receipt', () => {
		const fields = `MessageID=${ID}&ReferenceID=r-1&FromPhoneNumber=55512&ToPhoneNumber=17575550142`;
		const text = 'DeliveryReceiptMessage=done date:2403051407 text:you & me';
		for (const body of [
			`DeliveryReceipt=1&${text}&${fields}&Code=000`,
			`${text}&DeliveryReceipt=1&Code=000&${fields}`,
			`Code=000&${fields}&DeliveryReceipt=1&${text}`,
		]) {
			expect(eventOf(body)).toMatchObject({
				messageId: ID,
				referenceId: 'r-1',
				from: '55512',
				to: '+17575550142',
				status: 'delivered',
				occurredAt: '2024-03-05T14:07:00.000Z',
				raw: expect.objectContaining({
					DeliveryReceiptMessage: 'done date:2403051407 text:you & me',
				}),
			});
		}
	});

	it('of a message that is sent again is not final, and has the new message ID', () => {
		const event = receipt(`DeliveryReceiptMessage=x&Code=091&BackupMessageID=${BACKUP}`);
		expect(event).toMatchObject({
			status: 'undelivered',
			isFinal: false,
			errorCode: '091',
			continuesAs: BACKUP,
		});
		for (const none of [
			'',
			'00000000-0000-0000-0000-000000000000',
			'00000000-0000-0000-0000-00000000000',
		]) {
			const final = receipt(`DeliveryReceiptMessage=x&Code=091&BackupMessageID=${none}`);
			expect(final).toMatchObject({ isFinal: true, errorCode: '091' });
		}
	});

	it('with an unlisted code says which code it is', () => {
		expect(receipt('DeliveryReceiptMessage=x&Code=777')).toMatchObject({
			status: 'undelivered',
			errorCode: '777',
			providerStatus: '777',
			errorMessage: 'Code 777, which is not on CDYNE’s list',
		});
	});

	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
		'with the code %s is an unlisted one',
		(code) => {
			const event = receipt(`DeliveryReceiptMessage=x&Code=${code}`);
			expect(event).toMatchObject({ event: 'message.status', status: 'undelivered' });
			expect(event.providerStatus).toBe(code);
		},
	);

	it.each([
		['2403051407', '2024-03-05T14:07:00.000Z'],
		['240305140709', '2024-03-05T14:07:09.000Z'],
		['201906190720', '2019-06-19T07:20:00.000Z'],
		['20190619072011', '2019-06-19T07:20:11.000Z'],
		['0000000000', null],
		['2413051407', null],
		['2402301407', null],
		['2403052507', null],
		['24030514', null],
		['', null],
	])('with done date:%s occurred at %s', (digits, expected) => {
		const event = receipt(`DeliveryReceiptMessage=done date:${digits} stat:X&Code=000`);
		expect(event.occurredAt).toBe(expected);
	});
});

describe('the time of a postback', () => {
	it.each([
		['3%2f5%2f2024+2%3a07%3a09+PM', '2024-03-05T14:07:09.000Z'],
		['3/5/2024 2:07:09 PM', '2024-03-05T14:07:09.000Z'],
		['3/5/2024 12:00:00 AM', '2024-03-05T00:00:00.000Z'],
		['3/5/2024 14:07:09', '2024-03-05T14:07:09.000Z'],
		['2/30/2024 2:07:09 PM', null],
		['13/5/2024 2:07:09 PM', null],
		['3/5/2024 25:07:09', null],
		['3/5/2024 13:07:09 PM', null],
		['1/1/0001 12:00:00 AM', null],
		['1/1/1900 12:00:00 AM', null],
	])('%s is read as %s', (time, expected) => {
		const event = eventOf(`SMSSent=1&MessageID=${ID}&SentTime=${time}`);
		expect(event.occurredAt).toBe(expected);
	});
});
