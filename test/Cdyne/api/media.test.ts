import {
	createMediaFromContent,
	createMediaFromUrl,
	getMedia,
	getMediaInfo,
	removeMedia,
} from '../../../nodes/Cdyne/api/media';
import { thrownBy } from '../../engine/harness/canned';
import { ACCOUNT, apiWith, DATE, got, posted, TIME } from '../cdyne';

/** The media store: the requests, and what is read from the responses. */

const RAW = {
	MediaId: '77',
	FileName: 'a.png',
	MimeType: 'image/png',
	FileSize: 12,
	Tags: ['x'],
	FileDate: DATE,
};
const OUTPUT = {
	json: {
		provider: 'cdyne',
		mediaId: '77',
		fileName: 'a.png',
		mimeType: 'image/png',
		fileSize: 12,
		tags: ['x'],
		createdAt: TIME,
	},
	raw: RAW,
};
const UPLOAD = {
	kind: 'send',
	ambiguity: {
		message: 'The file may have been stored',
		description: 'Check CDYNE’s media store before you upload the file again.',
	},
};

describe.each([[[]], [['x']]])('a file with the tags %j', (tags) => {
	const Tags = tags.length === 0 ? {} : { Tags: tags };

	it('is stored from a URL', async () => {
		const { api, requests } = apiWith(RAW);
		expect(await createMediaFromUrl(api, 'https://a', 'a.png', tags)).toEqual(OUTPUT);
		const body = { Filename: 'a.png', LicenseKey: ACCOUNT, ...Tags, Url: 'https://a' };
		expect(requests).toEqual([posted('CreateMediaFromUrl', body, UPLOAD)]);
	});

	it('is stored from its content', async () => {
		const { api, requests } = apiWith(RAW);
		expect(await createMediaFromContent(api, 'AAAA', 'a.png', tags)).toEqual(OUTPUT);
		const body = { Base64EncodedContent: 'AAAA', Filename: 'a.png', LicenseKey: ACCOUNT, ...Tags };
		expect(requests).toEqual([posted('CreateMediaFromContent', body, UPLOAD)]);
	});
});

it('fields of a file that CDYNE does not return are null', async () => {
	const raw = { MediaId: 5, Tags: 'x' };
	const output = await createMediaFromUrl(apiWith(raw).api, 'https://a', 'a.png', []);
	expect(output).toEqual({
		json: {
			provider: 'cdyne',
			mediaId: '5',
			fileName: null,
			mimeType: null,
			fileSize: null,
			tags: [],
			createdAt: null,
		},
		raw,
	});
});

it.each([0, '0', null, ''])('a file with the ID %j was not stored', async (MediaId) => {
	const { api } = apiWith({ ...RAW, MediaId });
	expect(
		await thrownBy(async () => await createMediaFromUrl(api, 'https://a', 'a.png', [])),
	).toMatchObject({
		kind: 'rejected',
		message: 'CDYNE did not store the file',
		description: expect.stringContaining('License Key'),
		nothingAccepted: true,
	});
});

it.each([null, 'x', [{ MediaId: '77' }], {}, { FileName: 'a.png' }])(
	'the response %j to an upload is malformed',
	async (response) => {
		const { api } = apiWith(response);
		expect(
			await thrownBy(async () => await createMediaFromContent(api, 'AAAA', 'a.png', [])),
		).toEqual({
			kind: 'malformed',
			message: `Expected a MediaMetadata from CDYNE, got ${JSON.stringify(response)}`,
		});
	},
);

describe('a look-up', () => {
	const id = '9223372036854775807';
	const raw = { ...RAW, MediaId: id };
	const found = { json: { ...OUTPUT.json, mediaId: id }, raw };

	it.each<[string, unknown, unknown]>([
		['a list', [RAW, raw], found],
		['a list in an object', { Media: [RAW, raw] }, found],
		['a list without it', [RAW], undefined],
		['an empty list', [], undefined],
		['null', null, undefined],
	])('finds the file by its ID in %s', async (_, response, expected) => {
		const { api, requests } = apiWith(response);
		expect(await getMediaInfo(api, id)).toEqual(expected);
		expect(requests).toEqual([
			posted('GetMediaInfo', `{"LicenseKey":"${ACCOUNT}","MediaId":9223372036854775807}`),
		]);
	});
});

it.each([
	['AAAA', 'AAAA'],
	[null, null],
	['', null],
])('the content %j is returned as %j', async (response, expected) => {
	const { api, requests } = apiWith(response);
	expect(await getMedia(api, '77')).toBe(expected);
	expect(requests).toEqual([got('GetMedia', { LicenseKey: ACCOUNT, MediaId: '77' })]);
});

it.each([true, false])('the response %j to a deletion is returned', async (response) => {
	const { api, requests } = apiWith(response);
	expect(await removeMedia(api, '77')).toBe(response);
	expect(requests).toEqual([got('RemoveMedia', { LicenseKey: ACCOUNT, MediaId: '77' })]);
});
