import type { Answer } from '../simulator';
import type { Refusal } from './codes';
import type { SkycoreSettings } from './settings';
import { writeXml, type Element } from './xml';

const PAGE = `<!DOCTYPE html>
<html><head><title>500 Internal Server Error</title></head>
<body><h1>Internal Server Error</h1></body></html>
`;

/** Where TO stands in a failure: the examples of the actions differ. */
export type FailureOrder = 'toLast' | 'toFirst';

/** An answer of the API in the form that the settings want. */
export function answer(settings: SkycoreSettings, status: number, fields: Element[]): Answer {
	if (settings.answerHtml) return page(500, PAGE);
	const document = writeXml(['RESPONSE', fields], {
		prolog: settings.answerProlog ? '<?xml version="1.0" encoding="UTF-8"?>' : '',
		pretty: settings.answerPretty,
	});
	const headers: Record<string, string> =
		settings.answerType === '' ? {} : { 'Content-Type': settings.answerType };
	return { status, headers, body: document };
}

/** The fields of a failure: of a whole call, or of one recipient. */
export function failure(refusal: Refusal, order: FailureOrder = 'toFirst'): Element[] {
	const to: Element[] = refusal.to === undefined ? [] : [['TO', refusal.to]];
	const info: Element = ['ERRORINFO', refusal.info];
	return [
		['STATUS', 'Failure'],
		['ERRORCODE', refusal.code],
		...(order === 'toFirst' ? [...to, info] : [info, ...to]),
	];
}

/** What the web server says, not the API. */
export function page(status: number, body: string): Answer {
	return { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' }, body };
}
