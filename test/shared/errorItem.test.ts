import { NodeOperationError } from 'n8n-workflow';
import { errorItem } from '../../nodes/shared/errorItem';
import type { FailureDetails } from '../../nodes/shared/nodeError';
import { NODE } from './contexts';

/** The item of a failed one, whose fields n8n does not get to replace by the message alone. */

const details: FailureDetails = {
	kind: 'rejected',
	code: null,
	description: null,
	nothingSent: true,
};
const make = () => {
	const error = new NodeOperationError(NODE, 'No');
	return { error, item: errorItem(error, details, 3) };
};

it('says why, and which item it was', () => {
	const { error, item } = make();
	expect(item.json).toEqual({ error: 'No', details });
	expect(item.json.details).not.toBe(details);
	expect(item.pairedItem).toEqual({ item: 3 });
	expect(item.error).toBe(error);
});

it('is copied without the error, which n8n sees all the same', () => {
	const { item } = make();
	expect({ ...item }).toEqual({ json: { error: 'No', details }, pairedItem: { item: 3 } });
	expect(Object.keys(item).sort()).toEqual(['json', 'pairedItem']);
	expect(Object.getOwnPropertyDescriptor(item, 'json')).toMatchObject({
		enumerable: true,
		configurable: true,
	});
});

it.each([[{ error: 'other' }], [{ error: null }]])('does not become %j', (fields) => {
	const { item } = make();
	item.json = fields;
	expect(item.json).toEqual({ error: 'No', details });
});

it.each([[{}], [{ error: 'No', id: 1 }], [{ id: 1, error: 'No' }], [{ id: 1 }]])(
	'takes %j in place of its fields',
	(fields) => {
		const { item } = make();
		item.json = fields;
		expect(item.json).toBe(fields);
	},
);
