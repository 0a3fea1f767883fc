/**
 * Makes pictures of screens small: at most 256 colours, which is what an editor's screen looks like
 * anyway. Reads and writes the kind of PNG that Chromium makes: eight bits, not interlaced.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const MOST_COLOURS = 256;
/** By the colour type of the header: red, green, blue, and whether there is transparency. */
const CHANNELS = { 2: 3, 6: 4 };

/** @returns {{ width: number, height: number, pixels: Buffer }} three bytes for each pixel */
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
			if (body[8] !== 8 || !channels || body[12] !== 0) throw new Error('Not a PNG of Chromium.');
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

/** Undoes what PNG does to each row before it compresses (PNG specification, 9.2). */
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
	return filter === 3 ? (left + up) >> 1 : nearest(left, up, corner);
}

/** The Paeth predictor. */
function nearest(left, up, corner) {
	const estimate = left + up - corner;
	const toLeft = Math.abs(estimate - left);
	const toUp = Math.abs(estimate - up);
	const toCorner = Math.abs(estimate - corner);
	if (toLeft <= toUp && toLeft <= toCorner) return left;
	return toUp <= toCorner ? up : corner;
}

/** The colours that a picture has most of, and for each of its colours the place of the nearest. */
function paletteOf(pixels) {
	const counts = new Map();
	for (let at = 0; at < pixels.length; at += 3) {
		const colour = pixels.readUIntBE(at, 3);
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	const byCount = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
	const palette = apart(byCount);
	const places = new Map();
	for (const colour of byCount) {
		let best = 0;
		for (let place = 1; place < palette.length; place++) {
			if (distance(colour, palette[place]) < distance(colour, palette[best])) best = place;
		}
		places.set(colour, best);
	}
	return { palette, places };
}

/** As many of them as there is room for, none too near to one before it. */
function apart(colours) {
	for (let least = 0; ; least = least * 2 + 8) {
		const chosen = [];
		for (const colour of colours) {
			if (chosen.length > MOST_COLOURS) break;
			if (chosen.every((other) => distance(colour, other) > least)) chosen.push(colour);
		}
		if (chosen.length <= MOST_COLOURS) return chosen;
	}
}

function distance(one, other) {
	const red = (one >> 16) - (other >> 16);
	const green = ((one >> 8) & 255) - ((other >> 8) & 255);
	const blue = (one & 255) - (other & 255);
	return red * red + green * green + blue * blue;
}

function chunk(type, body) {
	const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(body.length);
	const check = Buffer.alloc(4);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}

/**
 * @param {Buffer} png as Chromium makes it
 * @returns {Buffer} the same picture in at most 256 colours
 */
export function smaller(png) {
	const { width, height, pixels } = decode(png);
	const { palette, places } = paletteOf(pixels);
	const rows = Buffer.alloc((width + 1) * height);
	for (let row = 0; row < height; row++) {
		for (let column = 0; column < width; column++) {
			const colour = pixels.readUIntBE((row * width + column) * 3, 3);
			rows[row * (width + 1) + 1 + column] = places.get(colour);
		}
	}
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	// eight bits, each the place of a colour in the palette
	header.set([8, 3], 8);
	const colours = Buffer.alloc(palette.length * 3);
	palette.forEach((colour, place) => colours.writeUIntBE(colour, place * 3, 3));
	return Buffer.concat([
		SIGNATURE,
		chunk('IHDR', header),
		chunk('PLTE', colours),
		chunk('IDAT', deflateSync(rows, { level: 9 })),
		chunk('IEND', Buffer.alloc(0)),
	]);
}
