/**
 * Reduces the size of screenshots by limiting them to 256 colors, which is enough for n8n's editor.
 * It supports Chromium's PNG format: eight bits, not interlaced.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MAX_COLORS = 256;
/** The number of channels by the color type in the header: RGB or RGBA. */
const CHANNELS = { 2: 3, 6: 4 };

/** @returns {{ width: number, height: number, pixels: Buffer }} with three bytes per pixel */
function decode(png) {
	const data = [];
	let width, height, channels;
	for (let at = SIGNATURE.length; at < png.length; ) {
		const length = png.readUInt32BE(at);
		const type = png.toString('latin1', at + 4, at + 8);
		const body = png.subarray(at + 8, at + 8 + length);
		if (type === 'IHDR') {
			[width, height] = [body.readUInt32BE(0), body.readUInt32BE(4)];
			channels = CHANNELS[body[9]];
			if (body[8] !== 8 || !channels || body[12] !== 0) throw new Error('Unsupported PNG format.');
		}
		if (type === 'IDAT') data.push(body);
		at += length + 12;
	}
	const rows = unfilter(inflateSync(Buffer.concat(data)), width * channels, height, channels);
	const pixels = Buffer.alloc(width * height * 3);
	for (let pixel = 0; pixel < width * height; pixel++) {
		rows.copy(pixels, pixel * 3, pixel * channels, pixel * channels + 3);
	}
	return { width, height, pixels };
}

/** Reverses the filter of each row (PNG specification, 9.2). */
function unfilter(bytes, rowLength, height, channels) {
	const rows = Buffer.alloc(rowLength * height);
	for (let row = 0; row < height; row++) {
		const filter = bytes[row * (rowLength + 1)];
		for (let column = 0; column < rowLength; column++) {
			const at = row * rowLength + column;
			const left = column >= channels ? rows[at - channels] : 0;
			const up = row > 0 ? rows[at - rowLength] : 0;
			const corner = row > 0 && column >= channels ? rows[at - rowLength - channels] : 0;
			rows[at] = bytes[row * (rowLength + 1) + 1 + column] + predict(filter, left, up, corner);
		}
	}
	return rows;
}

function predict(filter, left, up, corner) {
	if (filter === 0) return 0;
	if (filter === 1) return left;
	if (filter === 2) return up;
	return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
}

/** Returns the Paeth predictor. */
function paeth(left, up, corner) {
	const estimate = left + up - corner;
	const toLeft = Math.abs(estimate - left);
	const toUp = Math.abs(estimate - up);
	const toCorner = Math.abs(estimate - corner);
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}

/** Returns the most frequent colors, and for each color the index of the nearest one of them. */
function paletteOf(pixels) {
	const counts = new Map();
	for (let at = 0; at < pixels.length; at += 3) {
		const color = pixels.readUIntBE(at, 3);
		counts.set(color, (counts.get(color) ?? 0) + 1);
	}
	const byCount = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
	const palette = selectDistinct(byCount);
	const indexes = new Map();
	for (const color of byCount) {
		let best = 0;
		for (let index = 1; index < palette.length; index++) {
			if (distance(color, palette[index]) < distance(color, palette[best])) best = index;
		}
		indexes.set(color, best);
	}
	return { palette, indexes };
}

/** Selects as many colors as fit into the palette, with a minimum distance between them. */
function selectDistinct(colors) {
	for (let minimum = 0; ; minimum = minimum * 2 + 8) {
		const chosen = [];
		for (const color of colors) {
			if (chosen.length > MAX_COLORS) break;
			if (chosen.every((other) => distance(color, other) > minimum)) chosen.push(color);
		}
		if (chosen.length <= MAX_COLORS) return chosen;
	}
}

function distance(color, other) {
	const red = (color >> 16) - (other >> 16);
	const green = ((color >> 8) & 255) - ((other >> 8) & 255);
	const blue = (color & 255) - (other & 255);
	return red * red + green * green + blue * blue;
}

function chunk(type, body) {
	const content = Buffer.concat([Buffer.from(type, 'latin1'), body]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(content));
	return Buffer.concat([length, content, check]);
}

/**
 * @param {Buffer} png from Chromium
 * @returns {Buffer} the same picture with at most 256 colors
 */
export function reduceColors(png) {
	const { width, height, pixels } = decode(png);
	const { palette, indexes } = paletteOf(pixels);
	const rows = Buffer.alloc((width + 1) * height);
	for (let row = 0; row < height; row++) {
		for (let column = 0; column < width; column++) {
			const color = pixels.readUIntBE((row * width + column) * 3, 3);
			rows[row * (width + 1) + 1 + column] = indexes.get(color);
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// eight bits per pixel, color type 3: an index into the palette
	header.set([8, 3], 8);
	const colors = Buffer.alloc(palette.length * 3);
	palette.forEach((color, index) => colors.writeUIntBE(color, index * 3, 3));
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', colors),
		chunk('IDAT', deflateSync(rows, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
