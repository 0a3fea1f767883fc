import type { Call, Core, ProviderRequest, ProviderResponse, Simulator } from '../simulator';
import { Access } from './access';
import type { Account } from './account';
import { findAction, type Action } from './actions';
import { attempt, Rejection } from './codes';
import { fire } from './fire';
import { Ids } from './ids';
import { receive } from './incoming';
import { Library } from './library';
import { Notifier } from './notify';
import { PROVIDER } from './provider';
import { readRequest, type Fields } from './read';
import { initialSettings } from './settings';
import { Subscriptions } from './subscriptions';
import { apiResponse, failure, htmlPage } from './write';

/** All actions have the same address, with or without the file name. The path is case-sensitive. */
const PATHS = ['/API/wxml/1.3/', '/API/wxml/1.3/index.php'];
const NOT_FOUND = '<html><head><title>404 Not Found</title></head><body>Not Found</body></html>\n';

/** Simulates Skycore's messaging API v1.3 of docs/providers/skycore.md. */
export function createSkycore(core: Core): Simulator {
	const settings = initialSettings();
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
		read: (request) => readCall(account, request),
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

function readCall(account: Account, request: ProviderRequest): Call {
	const { settings } = account;
	const unknownCall = (respond: () => ProviderResponse): Call => ({
		operation: 'unknown',
		recipients: [],
		respond,
	});
	if (!PATHS.includes(request.path)) return unknownCall(() => htmlPage(404, NOT_FOUND));
	const read = attempt(() => {
		const fields = readRequest(request, settings.formFields);
		const action = findAction(fields.text('ACTION'));
		if (action === undefined) throw new Rejection('E101');
		return { fields, action };
	});
	if (read instanceof Rejection) {
		return unknownCall(() => apiResponse(settings, settings.failureStatus, failure(read)));
	}
	return {
		operation: read.action.name,
		recipients: recipientsOf(account, read.fields),
		respond: () => perform(account, read.action, read.fields),
	};
}

function perform(account: Account, action: Action, fields: Fields): ProviderResponse {
	const { access, settings } = account;
	const outcome = attempt(() => {
		access.check(fields, action.name, action.sends ?? false);
		const work = action.prepare(account, fields);
		const ordered = access.takeRejection(action.name);
		if (ordered === undefined) return work();
		if (ordered.accepted) work();
		throw new Rejection(ordered.code, ordered.info, fields.text('TO') || undefined);
	});
	if (!(outcome instanceof Rejection)) return apiResponse(settings, settings.answerStatus, outcome);
	const echo = (action.echo ?? []).filter((name) => fields.text(name) !== '');
	return apiResponse(settings, settings.failureStatus, [
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
