import type { ProviderResponse } from '../simulator';
import type { Rejection } from './codes';
import type { SkycoreSettings } from './settings';
import { writeXml, type Element } from './xml';

const ERROR_PAGE = `<!DOCTYPE html>
<html><head><title>500 Internal Server Error</title></head>
<body><h1>Internal Server Error</h1></body></html>
`;

/** The position of TO in a failure, which differs between the actions' examples. */
export type FailureOrder = 'toLast' | 'toFirst';

/** Returns a response of the API, formatted according to the settings. */
export function apiResponse(
	settings: SkycoreSettings,
	status: number,
	fields: Element[],
): ProviderResponse {
	if (settings.answerHtml) return htmlPage(500, ERROR_PAGE);
	const document = writeXml(['RESPONSE', fields], {
		prolog: settings.answerProlog ? '<?xml version="1.0" encoding="UTF-8"?>' : '',
		pretty: settings.answerPretty,
	});
	const headers: Record<string, string> =
		settings.answerType === '' ? {} : { 'Content-Type': settings.answerType };
	return { status, headers, body: document };
}

/** Returns the fields of a failure, for a call or for a single recipient. */
export function failure(rejection: Rejection, order: FailureOrder = 'toFirst'): Element[] {
	const to: Element[] = rejection.to === undefined ? [] : [['TO', rejection.to]];
	const info: Element = ['ERRORINFO', rejection.info];
	return [
		['STATUS', 'Failure'],
		['ERRORCODE', rejection.code],
		...(order === 'toFirst' ? [...to, info] : [info, ...to]),
	];
}

/** Returns a response of the web server, not of the API. */
export function htmlPage(status: number, body: string): ProviderResponse {
	return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body };
}
