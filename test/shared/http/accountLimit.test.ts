/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import { accountLimit } from '../../../nodes/shared/http/accountLimit';

const account = ['https://sms.example', 'key'];

describe('the limiter of an account', () => {
	it('is the same for all runs', () => {
		expect(accountLimit([...account], 10)).toBe(accountLimit([...account], 10));
	});

	it.each<[string, string[], number]>([
		['with another key', ['https://sms.example', 'another'], 10],
		['at another URL', ['https://other.example', 'key'], 10],
		['with another limit', account, 20],
		['whose parts join to the same text', ['https://sms.examplekey'], 10],
	])('is a different one for an account %s', (_, differentAccount, maxInFlight) => {
		const limit = accountLimit(differentAccount, maxInFlight);
		expect(limit).not.toBe(accountLimit(account, 10));
	});

	it('limits the requests in flight of all runs together', async () => {
		let inFlight = 0;
		let maxInFlight = 0;
		const request = async () => {
			maxInFlight = Math.max(maxInFlight, ++inFlight);
			await new Promise((resolve) => setImmediate(resolve));
			inFlight--;
		};
		const runs = Array.from({ length: 20 }, () => accountLimit(['many'], 3));
		await Promise.all(runs.map(async (limit) => await limit(request)));
		expect(maxInFlight).toBe(3);
	});

	it('is kept for the thousand accounts that were used last', () => {
		const first = accountLimit(['first'], 1);
		const second = accountLimit(['second'], 1);
		for (let count = 0; count < 998; count++) accountLimit([`account ${count}`], 1);
		expect(accountLimit(['first'], 1)).toBe(first);
		accountLimit(['one more'], 1);
		expect(accountLimit(['first'], 1)).toBe(first);
		expect(accountLimit(['second'], 1)).not.toBe(second);
	});
});
