import { duration, remaining } from '../scripts/progress.mjs';

it.each([
	[0, '0.0 s'],
	[9_949, '9.9 s'],
	[9_960, '10 s'],
	[59_499, '59 s'],
	[59_600, '1 min 0 s'],
	[119_600, '2 min 0 s'],
	[3_600_000, '60 min 0 s'],
])('%d ms is written as %s', (milliseconds, text) => {
	expect(duration(milliseconds)).toBe(text);
});

it('the remaining time is estimated once enough is done', () => {
	expect(remaining(undefined, 1_000)).toBe('');
	expect(remaining(0.01, 1_000)).toBe('');
	expect(remaining(0.25, 60_000)).toBe(', about 3 min 0 s left');
	expect(remaining(1, 60_000)).toBe('');
});
