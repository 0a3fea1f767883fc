import { NodeOperationError } from 'n8n-workflow';
import type { FailureDetails } from '../../../nodes/shared/errors/nodeError';
import { errorItem } from '../../../nodes/shared/run/errorItem';
import { NODE } from '../../engine/harness/contexts';

/** The output item of a failed item, which protects its fields from n8n. */

const details: FailureDetails = {
	kind: 'rejected',
	code: null,
	description: null,
	nothingSent: true,
};
const createItem = () => {
	const error = new NodeOperationError(NODE, 'No');
	return { error, item: errorItem(error, details, 3) };
};

it('contains the error and the index of the failed item', () => {
	const { error, item } = createItem();
	expect(item.json).toEqual({ error: 'No', details });
	expect(item.json.details).not.toBe(details);
	expect(item.pairedItem).toEqual({ item: 3 });
	expect(item.error).toBe(error);
});

it('is copied without the error, which n8n can still read', () => {
	const { item } = createItem();
	expect({ ...item }).toEqual({ json: { error: 'No', details }, pairedItem: { item: 3 } });
	expect(Object.keys(item).sort()).toEqual(['json', 'pairedItem']);
	expect(Object.getOwnPropertyDescriptor(item, 'json')).toMatchObject({
		enumerable: true,
		configurable: true,
	});
});

it.each([[{ error: 'other' }], [{ error: null }]])(
	'keeps its fields when they are replaced by %j',
	(fields) => {
		const { item } = createItem();
		item.json = fields;
		expect(item.json).toEqual({ error: 'No', details });
	},
);

it.each([[{}], [{ error: 'No', id: 1 }], [{ id: 1, error: 'No' }], [{ id: 1 }]])(
	'accepts %j in place of its fields',
	(fields) => {
		const { item } = createItem();
		item.json = fields;
		expect(item.json).toBe(fields);
	},
);
