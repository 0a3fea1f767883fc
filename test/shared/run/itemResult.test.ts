import { FailedItem } from '../../../nodes/shared/run/itemResult';

it.each([true, false])('a failed item has its error, and nothingSent %s', (nothingSent) => {
	const error = new Error('broken');
	expect({ ...new FailedItem(error, nothingSent) }).toEqual({ error, nothingSent });
});
