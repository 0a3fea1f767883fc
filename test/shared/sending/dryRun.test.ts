import type { Item } from '../../../nodes/shared/input/item';
import { dryRunOutputs, dryRunOption, isDryRun } from '../../../nodes/shared/sending/dryRun';
import type { Draft } from '../../../nodes/shared/provider/sendPlan';

/** The output of a dry run. */

const outputOf = (draft: Omit<Draft, 'provider'>) =>
	dryRunOutputs([{ provider: 'p', ...draft }])[0].json;

it('Dry Run is a boolean option, off by default', () => {
	const flagOption = jest.fn(() => true);
	expect(isDryRun({ flagOption } as unknown as Item)).toBe(true);
	expect(flagOption.mock.calls).toEqual([[dryRunOption.name]]);
	expect(dryRunOption).toMatchObject({ name: 'dryRun', type: 'boolean', default: false });
});

it('the output has every field of a message and is marked as a dry run', () => {
	expect(
		dryRunOutputs([
			{ provider: 'p', to: '1', text: 'Hi' },
			{ provider: 'p', to: '2' },
		]),
	).toEqual(
		[
			{ to: '1', segments: 1, encoding: 'GSM-7' },
			{ to: '2', segments: null, encoding: null },
		].map((json) => ({
			json: {
				status: 'unknown',
				errorMessage: null,
				messageId: null,
				referenceId: null,
				from: null,
				provider: 'p',
				providerStatus: 'dry run',
				isFinal: false,
				errorCode: null,
				createdAt: null,
				sentAt: null,
				updatedAt: null,
				dryRun: true,
				...json,
			},
		})),
	);
});

it.each<[Omit<Draft, 'provider'>, object]>([
	[{ text: '' }, { segments: null, encoding: null }],
	[{ text: 'é'.repeat(160) }, { segments: 1, encoding: 'GSM-7' }],
	[{ text: 'a'.repeat(320) }, { segments: 3 }],
	[{ text: 'a'.repeat(320), joined: true }, { segments: 3 }],
	[{ text: 'a'.repeat(320), joined: false }, { segments: 2 }],
	[{ text: 'ж'.repeat(71) }, { segments: 2, encoding: 'UCS-2' }],
	[
		{ text: 'Hi', segments: 7 },
		{ segments: 7, encoding: 'GSM-7' },
	],
	[{ segments: 7 }, { segments: 7, encoding: null }],
	[{ status: 'delivered' }, { status: 'delivered', isFinal: false }],
	[
		{ status: 'queued', isFinal: true },
		{ status: 'queued', isFinal: true },
	],
	[{ isFinal: false }, { isFinal: false }],
	[{ providerStatus: 'opted out' }, { providerStatus: 'opted out', status: 'unknown' }],
	[
		{ from: '5', referenceId: 'r' },
		{ from: '5', referenceId: 'r' },
	],
])('the output for the draft %j contains %j', (draft, fields) => {
	const json = outputOf(draft);
	expect(json).toMatchObject({ ...fields, dryRun: true });
	for (const name of ['text', 'joined', 'scheduledAt']) expect(json).not.toHaveProperty(name);
});

it('the output contains the scheduled time', () => {
	const time = '2030-01-31T18:30:00.000Z';
	expect(outputOf({ scheduledAt: new Date(time) })).toMatchObject({ scheduledAt: time });
});
