/** Generates docs/examples.md: every example with its picture and the text of its note. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

import { anchorOf } from './anchor.cjs';
import { project } from './command.mjs';

const INTRODUCTION = `# Examples

Workflows to import (*Import from File*); \`npm start\` loads all of them. Each starts with a click on *Execute workflow*: its
trigger has pinned sample data, which n8n uses only then, or is a schedule. The tests import and run every one of them. The phone numbers are those of the [sandbox](../sandbox/README.md), whose [page](../README.md#try-it) shows the handsets.

\`npm run screenshots\` writes this page from the notes in the workflows and takes the pictures.
`;

/** The examples by purpose, and what each shows. The first ones carry the tag Try first. */
const GROUPS = {
	'To try first': [
		[
			['alert-whoever-is-on-call'],
			'text one person, wait for ACK, text the next one after ten minutes, and the last one through another provider',
		],
		[
			['book-an-appointment-by-sms'],
			'a choice of times, a help text, STOP, no reply, and a time that somebody else took first',
		],
		[
			['send-through-a-second-provider-when-the-first-sent-nothing'],
			'failover by `details.nothingSent`; a person decides about texts that may have been sent',
		],
	],
	Sending: [
		[
			[
				'send-an-sms-and-follow-it',
				'send-with-namirial-and-follow-it',
				'send-with-skycore-and-follow-it',
				'send-with-wooxy-and-follow-it',
			],
			'a webhook that sends, a trigger that receives the delivery status',
		],
		[['send-once-per-order'], 'one text, however often the workflow is started'],
		[
			['send-through-a-second-provider-when-the-first-did-not-deliver'],
			'failover by the output *Failed* of *Send and Wait for Delivery*',
		],
		[
			['send-to-a-list-from-a-csv'],
			'checks numbers first, sends in batches, reports, and can run again after a crash without texting anyone twice',
		],
		[
			['run-a-campaign'],
			'a list from a table, opt-outs, quiet hours, a rate, a second provider, a report, and going on after a stop',
		],
		[
			['tell-everybody-about-an-incident'],
			'each number once, a hundred per request, and a list of people who could not be told',
		],
		[
			[
				'remind-of-appointments',
				'remind-of-payments',
				'congratulate-on-birthdays',
				'tell-where-a-delivery-is',
			],
			'one text per appointment, reminder step, year or parcel state',
		],
		[
			['send-a-one-time-code', 'sign-in-with-a-second-factor-by-sms'],
			'codes that expire, with limits on guesses and on texts',
		],
	],
	'Waiting and asking': [
		[
			[
				'wait-for-delivery',
				'wait-for-delivery-with-namirial',
				'follow-a-message-for-long-with-wooxy',
			],
			'three outcomes: delivered, failed, timed out',
		],
		[
			['wait-for-a-skycore-delivery', 'share-what-skycore-posts'],
			'a wait built from a data table and a Wait node',
		],
		[
			['ask-for-what-never-reported-back'],
			'a table of all texts, look-ups in bulk for those without a report, a summary',
		],
		[['what-did-the-crashed-run-send'], 'look-ups by reference: who was texted, and who was not'],
		[
			['ask-by-sms-and-go-on-with-the-answer', 'ask-how-it-was'],
			'a question, and steps that depend on the reply',
		],
		[
			['remind-and-hear-the-answer', 'fetch-late-replies'],
			'reminders that can be cancelled by SMS, and the replies that arrive after a wait',
		],
		[['ask-with-skycore'], 'a question through a provider whose node cannot wait'],
		[['approve-an-agents-tool-by-sms'], 'an AI agent that asks for approval before it acts'],
	],
	Receiving: [
		[['answer-incoming-sms'], 'a reply to every incoming text, and an end to a loop of two robots'],
		[['inbox'], 'two providers, common fields, keywords, one reply to each text'],
		[
			['an-agent-that-answers-texts', 'return-a-number-to-the-agent'],
			'an AI agent that remembers each conversation, with limits, and a person who can take over',
		],
		[
			['take-whoever-opted-out-off-the-list'],
			'when a send fails with `optedOut`, and when somebody texts STOP',
		],
	],
};

/** The groups as tables, with links to the parts of the page. */
function tables(all) {
	const titles = new Map(all.map(({ name, title }) => [name, title]));
	const linkTo = (name) => `[${name}](#${anchorOf(titles.get(name))})`;
	return Object.entries(GROUPS)
		.map(([group, rows]) => {
			const lines = rows.map(
				([names, shown]) => `| ${names.map(linkTo).join('<br>')} | ${shown} |`,
			);
			return [`| ${group} | What it shows |`, '|---|---|', ...lines, ''].join('\n');
		})
		.join('\n');
}

/** Returns the note that describes an example and how to try it. */
function noteOf({ nodes }) {
	const texts = nodes.map(({ parameters }) => parameters.content ?? '');
	const [title, ...lines] = texts.find((text) => text.startsWith('## ')).split('\n');
	return { title: title.slice(3), text: lines.join('\n').trim() };
}

/** @returns {{ name: string, title: string, text: string }[]} sorted by file name */
export function examples() {
	const folder = join(project, 'examples');
	const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
	return files.sort().map((file) => {
		const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8'));
		return { name: basename(file, '.json'), ...noteOf(workflow) };
	});
}

export function examplesPage() {
	const all = examples();
	const parts = all.map(
		({ name, title, text }) =>
			`## ${title}\n\n![The workflow](pictures/${name}.png)\n\n${text}\n\n[${name}.json](../examples/${name}.json)\n`,
	);
	return [INTRODUCTION, tables(all), ...parts].join('\n');
}
