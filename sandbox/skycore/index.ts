import type { Answer, Call, Core, ProviderRequest, Simulator } from '../simulator';
import { Access } from './access';
import { PROVIDER, type Account } from './account';
import { findAction, type Action } from './actions';
import { attempt, Refusal } from './codes';
import { fire } from './fire';
import { Ids } from './ids';
import { receive } from './incoming';
import { Library } from './library';
import { Notifier } from './notify';
import { readRequest, type Fields } from './read';
import { firstSettings } from './settings';
import { Subscriptions } from './subscriptions';
import { answer, failure, page } from './write';

/** One address for everything, with and without the file; the case of the path matters. */
const PATHS = ['/API/wxml/1.3/', '/API/wxml/1.3/index.php'];
const NOT_FOUND = '<html><head><title>404 Not Found</title></head><body>Not Found</body></html>\n';

/** Skycore's messaging API v1.3 after docs/providers/skycore.md. */
export function createSkycore(core: Core): Simulator {
	const settings = firstSettings();
	const notifier = new Notifier(core, settings);
	const ids = new Ids();
	const account: Account = {
		core,
		settings,
		access: new Access(core.clock, settings),
		ids,
		notifier,
		library: new Library(core.clock, settings, ids, notifier),
		subscriptions: new Subscriptions(settings, notifier),
		inbox: new Set(),
	};
	return {
		name: PROVIDER,
		title: 'Skycore',
		settings,
		take: (request) => take(account, request),
		reply: (reply) => receive(account, reply),
		fire: (order) => fire(account, order),
		reset() {
			account.access.reset();
			notifier.reset();
			account.library.reset();
			account.inbox.clear();
		},
	};
}

function take(account: Account, request: ProviderRequest): Call {
	const { settings } = account;
	const unknown = (refuse: () => Answer): Call => ({
		operation: 'unknown',
		recipients: [],
		answer: refuse,
	});
	if (!PATHS.includes(request.path)) return unknown(() => page(404, NOT_FOUND));
	const read = attempt(() => {
		const fields = readRequest(request, settings.formFields);
		const action = findAction(fields.text('ACTION'));
		if (action === undefined) throw new Refusal('E101');
		return { fields, action };
	});
	if (read instanceof Refusal) {
		return unknown(() => answer(settings, settings.failureStatus, failure(read)));
	}
	return {
		operation: read.action.name,
		recipients: recipientsOf(account, read.fields),
		answer: () => perform(account, read.action, read.fields),
	};
}

function perform(account: Account, action: Action, fields: Fields): Answer {
	const { access, settings } = account;
	const outcome = attempt(() => {
		access.enter(fields, action.name, action.sends ?? false);
		const work = action.prepare(account, fields);
		const ordered = access.take(action.name);
		if (ordered === undefined) return work();
		if (ordered.accepted) work();
		throw new Refusal(ordered.code, ordered.info, fields.text('TO') || undefined);
	});
	if (!(outcome instanceof Refusal)) return answer(settings, settings.answerStatus, outcome);
	const echo = (action.echo ?? []).filter((name) => fields.text(name) !== '');
	return answer(settings, settings.failureStatus, [
		...failure(outcome, action.failureOrder),
		...echo.map((name) => [name, fields.text(name)] as const),
	]);
}

function recipientsOf({ subscriptions }: Account, fields: Fields): string[] {
	const ref = fields.text('SUBSCRIBERREF');
	if (ref !== '' && fields.text('MOBILE') === '') {
		return subscriptions.numbers(fields.text('CAMPAIGNREF'), ref);
	}
	return [...fields.text('TO').split(','), fields.text('MOBILE')]
		.map((number) => number.trim())
		.filter((number) => number !== '');
}
