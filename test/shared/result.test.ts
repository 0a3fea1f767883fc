import { Failed } from '../../nodes/shared/result';

it.each([true, false])('what failed says why, and whether nothing was sent: %s', (nothingSent) => {
	const error = new Error('broken');
	expect({ ...new Failed(error, nothingSent) }).toEqual({ error, nothingSent });
});
