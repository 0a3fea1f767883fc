import {
	hasAnyCode,
	hasCode,
	replyCode,
	setReplyCode,
	withoutCode,
} from '../../../nodes/shared/waiting/replyCode';
import { itemWith } from '../../engine/harness/contexts';

/** The number in a question that its replies must contain. */

const ASKS = { options: { askForCode: true } };

/** An item of an execution with a store, and with a token unless the resume URL has none. */
const itemOf = (parameters: object, store: object, token = '?signature=s', index = 0) =>
	itemWith(
		{ ...parameters },
		{
			getContext: () => store,
			evaluateExpression: () => `https://n8n.example/7${token}`,
		},
		index,
	);

describe.each(['?signature=s', ''])('in an n8n whose resume URL ends with "%s"', (token) => {
	it('is the same when the message is sent, when it is waited for, and in the next try', () => {
		const store = {};
		const item = itemOf(ASKS, store, token);
		const code = replyCode(item);
		expect(code).toMatch(/^[1-9]\d\d$/);
		const again = Array.from({ length: 20 }, () => replyCode(item));
		expect(new Set([...again, replyCode(itemOf(ASKS, store, token))])).toEqual(new Set([code]));
	});

	it('is the same for an item that has one although the option is off', () => {
		const store = {};
		expect(replyCode(itemOf({}, store, token))).toBeUndefined();
		setReplyCode(itemOf({}, store, token), '372');
		expect(replyCode(itemOf({}, store, token))).toBe('372');
		expect(replyCode(itemOf({}, store, token, 1))).toBeUndefined();
	});
});

it.each<[string, boolean, boolean]>([
	['YES 372', true, true],
	['３７２ yes', true, true],
	['1372', false, false],
	['yes 373', false, true],
	['yes 012', false, false],
	['yes', false, false],
])('%j has the code 372: %s, has any: %s', (text, has, hasAny) => {
	expect([hasCode(text, '372'), hasAnyCode(text)]).toEqual([has, hasAny]);
});

it('leaves the rest of a reply', () => {
	expect(withoutCode(' At  nine, 372 ', '372')).toBe('At nine,');
});
