import { duration, left } from '../scripts/progress.mjs';

it.each([
	[0, '0.0 s'],
	[9_949, '9.9 s'],
	[9_960, '10 s'],
	[59_499, '59 s'],
	[59_600, '1 min 0 s'],
	[119_600, '2 min 0 s'],
	[3_600_000, '60 min 0 s'],
])('%d ms are %s', (milliseconds, text) => {
	expect(duration(milliseconds)).toBe(text);
});

it('says what is left once enough is done to tell', () => {
	expect(left(undefined, 1_000)).toBe('');
	expect(left(0.01, 1_000)).toBe('');
	expect(left(0.25, 60_000)).toBe(', about 3 min 0 s left');
	expect(left(1, 60_000)).toBe('');
});
