import {
	createMediaFromContent,
	createMediaFromUrl,
	getMedia,
	getMediaInfo,
	removeMedia,
} from '../../../nodes/Cdyne/api/media';
import { refusal } from '../../shared/canned';
import { apiWith, DATE, got, ACCOUNT, posted, TIME } from '../cdyne';

/** The media store: what is sent, and what is read of a file. */

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
		description: 'Look in the provider’s media store before you upload it again.',
	},
};

describe.each([[[]], [['x']]])('a file with the tags %j', (tags) => {
	const Tags = tags.length === 0 ? {} : { Tags: tags };

	it('is stored from an address', async () => {
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

it('a file of which little is said has nothing in its place', async () => {
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

it.each([0, '0', null, ''])('a file that has the id %j was not stored', async (MediaId) => {
	const { api } = apiWith({ ...RAW, MediaId });
	expect(
		await refusal(async () => await createMediaFromUrl(api, 'https://a', 'a.png', [])),
	).toMatchObject({
		kind: 'rejected',
		message: 'CDYNE did not store the file',
		description: expect.stringContaining('License Key'),
		nothingAccepted: true,
	});
});

it.each([null, 'x', [RAW], {}, { FileName: 'a.png' }])(
	'the answer %j is not one to an upload',
	async (answer) => {
		const { api } = apiWith(answer);
		expect(
			await refusal(async () => await createMediaFromContent(api, 'AAAA', 'a.png', [])),
		).toEqual({
			kind: 'malformed',
			message: 'Expected a MediaMetadata of CDYNE, got \u0000',
			came: [JSON.stringify(answer)],
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
		['another file', [RAW], undefined],
		['an empty list', [], undefined],
		['nothing', null, undefined],
	])('finds the file by its id in %s', async (_, answer, expected) => {
		const { api, requests } = apiWith(answer);
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
])('the content %j is %j', async (answer, expected) => {
	const { api, requests } = apiWith(answer);
	expect(await getMedia(api, '77')).toBe(expected);
	expect(requests).toEqual([got('GetMedia', { LicenseKey: ACCOUNT, MediaId: '77' })]);
});

it.each([true, false])('the answer %j to a removal is passed on', async (answer) => {
	const { api, requests } = apiWith(answer);
	expect(await removeMedia(api, '77')).toBe(answer);
	expect(requests).toEqual([got('RemoveMedia', { LicenseKey: ACCOUNT, MediaId: '77' })]);
});
