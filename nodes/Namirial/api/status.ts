import type { IDataObject } from 'n8n-workflow';
import { unreadable } from '../../shared/answer';
import type { HttpAnswer } from '../../shared/answer';
import { fail, failInput } from '../../shared/errors';
import type { E164 } from '../../shared/phone';
import { isObject } from '../../shared/values';
import { objectOf, readMessage } from '../wire';
import type { Report } from '../wire';
import { statusServiceOf } from './connection';
import type { Api } from './connection';

/** The Message Status API (docs/providers/namirial.md 7). */

/** The most messages in one answer of a list (7.3). */
export const MAX_COUNT = 100;

/** An answer of the status API. @throws Failure for anything but HTTP 200 with an object */
function readLookUp(answer: HttpAnswer): IDataObject {
	const expected = 'an answer of Namirial’s status API';
	if (answer.status === 401 || answer.status === 403) {
		fail({
			kind: 'credential',
			message: `Namirial refused the API key of the Namirial SMS Status API credential (HTTP ${answer.status})`,
			description:
				'Check API Key in that credential, and that its Base URL belongs to the same environment.',
			httpStatus: answer.status,
		});
	}
	return objectOf(answer, expected);
}

/** An unknown id is answered 404; so is a wrong address, but hardly without a page about it. */
function isUnknownId({ status, text: body }: HttpAnswer): boolean {
	return status === 404 && !body.trimStart().startsWith('<');
}

/** GET by id. @returns undefined where Namirial does not know it */
export async function getStatus(api: Api, messageId: string): Promise<Report | undefined> {
	const { root, headers } = statusServiceOf(api);
	const url = `${root}/messagestatus/${encodeURIComponent(messageId)}`;
	return await api.http.request({ kind: 'repeatable', method: 'GET', url, headers }, (answer) => {
		if (isUnknownId(answer)) return undefined;
		const raw = readLookUp(answer);
		if (!isObject(raw.message)) return fail(unreadable(answer, 'a message of Namirial'));
		return { message: readMessage(raw.message), raw };
	});
}

/** Whose messages a list holds. */
export type ListOf = { phoneNumber: E164 } | { referenceKey: string };

interface Page {
	/** The latest first (INFERRED, 7.4). */
	reports: Report[];
	/** How many elements came, empty ones too: fewer than asked for means that there are no more. */
	size: number;
}

/** Percent-encoded; a dot or two alone would be taken for a step in the path. */
function pathValue(value: string): string {
	if (/^\.{1,2}$/.test(value)) {
		failInput(
			`"${value}" cannot be looked up: in an address it means a folder`,
			'Use another reference key.',
		);
	}
	return encodeURIComponent(value);
}

/**
 * GET a list: the latest messages to a number, or those with a reference key, whatever their
 * service and action are.
 *
 * @param count at most 100
 * @param before only what was sent before (parameter sendDate, an upper bound in spite of its name)
 */
export async function listMessages(
	api: Api,
	of: ListOf,
	count: number,
	before?: Date,
): Promise<Page> {
	const { root, headers } = statusServiceOf(api);
	const path =
		'phoneNumber' in of
			? `phonenumber/${pathValue(of.phoneNumber)}`
			: `reference/${pathValue(of.referenceKey)}`;
	const query = {
		count: String(count),
		...(before && { sendDate: before.toISOString().replace('.000Z', 'Z') }),
	};
	const url = `${root}/messagestatus/${path}`;
	return await api.http.request(
		{ kind: 'repeatable', method: 'GET', url, query, headers },
		(answer) => {
			const { messages } = readLookUp(answer);
			if (!Array.isArray(messages)) return fail(unreadable(answer, 'a list of Namirial'));
			// each element is wrapped once more, and the wrapper may be empty (7.1)
			const reports = messages.flatMap((raw): Report[] =>
				isObject(raw) && isObject(raw.message) ? [{ message: readMessage(raw.message), raw }] : [],
			);
			return { reports, size: messages.length };
		},
	);
}
