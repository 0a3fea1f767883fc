import type { IDataObject } from 'n8n-workflow';
import { quietHoursOf } from '../../../nodes/shared/sending/quietHours';
import { factsOf, thrownBy } from '../../engine/harness/canned';
import { itemWith } from '../../engine/harness/contexts';

/** The quiet hours of an item: what their values mean, and what a message is told. */

const NIGHT = new Date('2030-01-10T22:30:00Z');

const quietHoursWith = (window: IDataObject | string, schedules = false, members: object = {}) =>
	quietHoursOf(itemWith({ options: { quietHours: { window } } }, members), schedules);

/** What happens to a text to Rome, at half past eleven in the evening there. */
function putOff(window: IDataObject, schedules = false, phone = '+390612345678') {
	const decision = quietHoursWith(window, schedules)?.putOff(phone, NIGHT);
	return decision && 'failure' in decision ? factsOf(decision.failure) : decision;
}

it.each([undefined, {}, null, '', '{}'])('are none for %j', (quietHours) => {
	const item = itemWith({ options: { quietHours } as IDataObject });
	expect(quietHoursOf(item, false)).toBeUndefined();
});

it('are from nine to eight on the clock of the recipient unless the user sets others', () => {
	expect(putOff({})).toEqual({
		kind: 'quietHours',
		message:
			'At the scheduled time, it is 23:30 in Europe/Rome, and quiet hours are from 21:00 to 08:00',
		description: expect.stringContaining('Quiet hours end at 2030-01-11T07:00:00.000Z'),
		retryAt: '2030-01-11T07:00:00.000Z',
		nothingAccepted: true,
	});
});

it.each<[IDataObject, string | undefined]>([
	[{ timeZone: 'recipient' }, '2030-01-11T07:00:00.000Z'],
	[{ timeZone: ' Recipient ' }, '2030-01-11T07:00:00.000Z'],
	[{ timeZone: '' }, '2030-01-11T07:00:00.000Z'],
	[{ timeZone: 'workflow' }, '2030-01-11T08:00:00.000Z'],
	[{ timeZone: 'Asia/Tokyo' }, '2030-01-10T23:00:00.000Z'],
	[{ timeZone: 'america/new_york' }, undefined],
	[{ from: '23:31' }, undefined],
	[{ from: '11:30 pm', to: '7h' }, '2030-01-11T06:00:00.000Z'],
	[{ from: '9.00', to: '24:00' }, '2030-01-10T23:00:00.000Z'],
	[{ from: '24:00', to: '8:00' }, undefined],
])('with %j end at %s', (window, retryAt) => {
	expect((putOff(window) as { retryAt?: string } | undefined)?.retryAt).toBe(retryAt);
});

it('of a number without a time zone are those of the workflow, and a hint says so once', () => {
	const addExecutionHints = jest.fn();
	const quietHours = quietHoursWith({}, false, {
		addExecutionHints,
		getTimezone: () => 'Asia/Tokyo',
	});
	expect(quietHours?.putOff('+870773123456', NIGHT)).toMatchObject({
		failure: { retryAt: '2030-01-10T23:00:00.000Z' },
	});
	quietHours?.putOff('a contact', NIGHT);
	expect(addExecutionHints.mock.calls).toEqual([
		[expect.objectContaining({ message: expect.stringContaining('(Asia/Tokyo)') })],
	]);
});

it('have no end if it is always quiet somewhere in the country', () => {
	const decision = putOff({ from: '09:00', to: '08:00' }, true, '+79131234567');
	expect(decision).toMatchObject({ kind: 'quietHours', nothingAccepted: true });
	expect(decision).not.toHaveProperty('retryAt');
});

it('move a message to their end with Schedule, where the provider can', async () => {
	const during = { during: 'schedule' };
	expect(putOff(during, true)).toEqual({ sendAt: new Date('2030-01-11T07:00:00.000Z') });
	expect(putOff({ during: 'error' }, true)).toMatchObject({ kind: 'quietHours' });
	expect(await thrownBy(() => putOff(during, false))).toMatchObject({
		message: expect.stringContaining('is "schedule", which is not one of the options'),
	});
});

it.each<[IDataObject | string, string]>([
	[{ from: '' }, 'From of quietHours is empty'],
	[{ to: '25:00' }, 'To of quietHours is "25:00", which is not a time of day'],
	[{ from: '08:00' }, 'quietHours begin and end at 08:00'],
	[{ from: '24:00', to: '0:00' }, 'quietHours begin and end at 00:00'],
	[{ timeZone: 'Mars' }, 'Time Zone of quietHours is "Mars", which is not a time zone'],
	[{ timeZone: ['UTC'] }, 'Time Zone of quietHours is a list'],
	['21:00-08:00', 'quietHours is "21:00-08:00", which is not an object'],
])('%j is an error', async (window, message) => {
	expect(await thrownBy(() => quietHoursWith(window))).toMatchObject({
		kind: 'rejected',
		nothingAccepted: true,
		message: expect.stringContaining(message),
	});
});

it('without a window are an error', async () => {
	const item = itemWith({ options: { quietHours: { from: '21:00' } } });
	expect(await thrownBy(() => quietHoursOf(item, false))).toMatchObject({
		message: 'quietHours has no window',
	});
});
