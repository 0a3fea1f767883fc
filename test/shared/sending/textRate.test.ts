import { textRateOf } from '../../../nodes/shared/sending/textRate';
import { itemWith } from '../../engine/harness/contexts';

/** The rate of the texts of a sender. */

it('is not limited without the option', () => {
	expect(textRateOf(itemWith({ options: {} }))).toBeUndefined();
	expect(textRateOf(itemWith({ options: { textsPerSecond: '' } }))).toBeUndefined();
});

it.each([
	[{ from: '+1 757-555-0100' }, {}, '17575550100'],
	[{ from: 'Shop 24' }, {}, 'shop24'],
	[{}, { from: '60856' }, '60856'],
	[{}, {}, ''],
])('has the sender of the options %j and of the fields %j: %j', (options, fields, sender) => {
	const item = itemWith({ ...fields, options: { ...options, textsPerSecond: '0.5' } });
	expect(textRateOf(item)).toEqual({ perSecond: 0.5, sender });
});
