import { readTimeOfDay } from '../../../nodes/shared/input/timeOfDay';
import { clockText } from '../../../nodes/shared/input/wallClock';
import { thrownBy } from '../../engine/harness/canned';

/** A time of day as people write it. */

it.each([
	['21:00', '21:00'],
	['9:00', '09:00'],
	['09.00', '09:00'],
	['9.30', '09:30'],
	['21:05:00', '21:05'],
	['0:00', '00:00'],
	['24:00', '00:00'],
	['9pm', '21:00'],
	['9 PM', '21:00'],
	['9:30 p.m.', '21:30'],
	['9 a.m.', '09:00'],
	['12 am', '00:00'],
	['12 pm', '12:00'],
	['12:15am', '00:15'],
	['21h', '21:00'],
	['21h30', '21:30'],
	['  21:00 ', '21:00'],
	['21:00\u200b', '21:00'],
	['２１：００', '21:00'],
])('reads %j as %s', (text, clock) => {
	expect(clockText(readTimeOfDay(text, 'From'))).toBe(clock);
});

it.each([
	['', 'From is empty'],
	['   ', 'From is empty'],
	[undefined, 'From is empty'],
	[null, 'From is empty'],
	['21', 'From is "21", which is not a time of day'],
	[21, 'From is "21", which is not a time of day'],
	['2100', 'From is "2100", which is not a time of day'],
	['25:00', 'From is "25:00", which is not a time of day'],
	['24:01', 'From is "24:01", which is not a time of day'],
	['21:60', 'From is "21:60", which is not a time of day'],
	['21:5', 'From is "21:5", which is not a time of day'],
	['13 pm', 'From is "13 pm", which is not a time of day'],
	['0 am', 'From is "0 am", which is not a time of day'],
	['-1:00', 'From is "-1:00", which is not a time of day'],
	['21:00:30', 'From is "21:00:30", which is not a time of day'],
	['evening', 'From is "evening", which is not a time of day'],
	['2030-01-31T21:00', 'From is "2030-01-31T21:00", which is not a time of day'],
	[new Date(0), 'From is an object, which is not a time of day'],
	[['21:00'], 'From is a list, which is not a time of day'],
	[true, 'From is "true", which is not a time of day'],
])('rejects %j', async (value, message) => {
	expect(await thrownBy(() => readTimeOfDay(value, 'From'))).toMatchObject({
		message,
		kind: 'rejected',
		nothingAccepted: true,
		description: 'Enter hours and minutes, such as 21:00 or 9:00 pm.',
	});
});
