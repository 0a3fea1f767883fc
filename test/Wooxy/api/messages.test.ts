import { sendSms, sendToContact } from '../../../nodes/Wooxy/api/messages';
import { QUEUED } from '../../engine/harness/queued';
import { requestOf, responding } from './wooxy';

/** The requests of sends, and the messages read from their responses. */

const TO = '+37255512345';
const ACCEPTED = { result: true, sms_id: 'm1' };
const MESSAGE = {
	...QUEUED,
	provider: 'wooxy',
	messageId: 'm1',
	to: TO,
	providerStatus: 'accepted',
	segments: 1,
	encoding: 'GSM-7',
};

describe('a text', () => {
	it.each([
		[{ text: 'Hi', tags: [] }, { text: 'Hi' }, MESSAGE],
		[
			{ text: 'Hi ключ', fromName: 'Shop', tags: ['a', 'b'] },
			{ fromName: 'Shop', text: 'Hi ключ', tags: ['a', 'b'] },
			{ ...MESSAGE, from: 'Shop', encoding: 'UCS-2' },
		],
		[{ text: 'Hi {{name}}', tags: [] }, { text: 'Hi {{name}}' }, MESSAGE],
	])('is sent to a number: %j', async (sms, fields, message) => {
		const { api, requests } = responding(ACCEPTED);
		expect(await sendSms(api, 'shop.example', TO, sms)).toEqual({ raw: ACCEPTED, message });
		const body = { domain: 'shop.example', phoneNumber: TO, ...fields };
		expect(requests).toEqual([requestOf('sms/send', body, { kind: 'send' })]);
	});

	it.each([
		['Hi', [], {}, TO, { to: TO }],
		['Hi', [], {}, 'u-17', { to: null }],
		['Hi', [], {}, 'anna@example.com', { to: null }],
		[
			'Hi {{name}}',
			[{ name: 'name', value: 'Anna' }],
			{ variables: [{ name: 'name', value: 'Anna' }] },
			TO,
			{ segments: null, encoding: null },
		],
		['{{', [], {}, TO, { segments: null, encoding: null }],
		['{ {', [], {}, TO, {}],
	])('is sent to a contact: %s with %j', async (text, variables, extra, contact, changes) => {
		const { api, requests } = responding(ACCEPTED);
		const sms = { text, tags: [] };
		const body = { contactListId: 'l1', contact, text, ...extra };
		const message = { ...MESSAGE, encoding: 'GSM-7', ...changes };
		expect(await sendToContact(api, 'l1', contact, sms, variables)).toEqual({
			raw: ACCEPTED,
			message,
		});
		expect(requests).toEqual([requestOf('sms/trigger', body, { kind: 'send' })]);
	});
});
