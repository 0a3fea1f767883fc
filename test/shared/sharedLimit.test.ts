/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { sharedLimit } from '../../nodes/shared/sharedLimit';

const account = ['https://sms.example', 'key'];

describe('the limiter of an account', () => {
	it('is one for all runs', () => {
		expect(sharedLimit([...account], 10)).toBe(sharedLimit([...account], 10));
	});

	it.each<[string, string[], number]>([
		['of another key', ['https://sms.example', 'another'], 10],
		['at another address', ['https://other.example', 'key'], 10],
		['with more in flight', account, 20],
		['whose parts join to the same text', ['https://sms.examplekey'], 10],
	])('%s is another', (_, other, most) => {
		expect(sharedLimit(other, most)).not.toBe(sharedLimit(account, 10));
	});

	it('lets through as many as it says, whichever run they are of', async () => {
		let now = 0;
		let most = 0;
		const request = async () => {
			most = Math.max(most, ++now);
			await new Promise((resolve) => setImmediate(resolve));
			now--;
		};
		const runs = Array.from({ length: 20 }, () => sharedLimit(['many'], 3));
		await Promise.all(runs.map(async (limit) => await limit(request)));
		expect(most).toBe(3);
	});

	it('of one that is in use is kept, of those used longest ago none beyond a thousand', () => {
		const first = sharedLimit(['first'], 1);
		const second = sharedLimit(['second'], 1);
		for (let count = 0; count < 998; count++) sharedLimit([`account ${count}`], 1);
		expect(sharedLimit(['first'], 1)).toBe(first);
		sharedLimit(['one more'], 1);
		expect(sharedLimit(['first'], 1)).toBe(first);
		expect(sharedLimit(['second'], 1)).not.toBe(second);
	});
});
