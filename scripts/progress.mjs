/** Shows what is being done and how long it takes: a live line on a terminal, plain lines elsewhere. */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const BAR_WIDTH = 24;
const PLAIN_LINE_EVERY_MS = 10_000;

/** An end that needs no stack trace: its message tells the user what to do. */
export class PlainError extends Error {
	/**
	 * @param {string} message one or two plain sentences
	 * @param {string} [details] output of the command that failed, shown above the message
	 */
	constructor(message, details) {
		super(message);
		this.details = details;
	}
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
	// rounded first, so that no minute has sixty seconds
	const tenths = Math.round(milliseconds / 100);
	if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const ENOUGH_TO_TELL = 0.05;

/**
 * How long it will still take, if it goes on as it went, once enough is done to tell.
 * @param {number | undefined} fraction
 * @param {number} milliseconds since it began
 */
export function left(fraction, milliseconds) {
	if (fraction === undefined || fraction < ENOUGH_TO_TELL || fraction >= 1) return '';
	return `, about ${duration((milliseconds * (1 - fraction)) / fraction)} left`;
}

/**
 * Does one step, showing its title, time and, where the step reports it, how far it is.
 * @template T
 * @param {string} title
 * @param {(report: (fraction: number) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
	const started = Date.now();
	let fraction;
	const elapsed = () => duration(Date.now() - started);
	const passed = () => elapsed() + left(fraction, Date.now() - started);
	const show = process.stdout.isTTY ? liveLine(title) : plainLines(title);
	const timer = setInterval(() => show.progress(fraction, passed()), show.every);
	try {
		const result = await work((now) => (fraction = now));
		clearInterval(timer);
		show.end('✔', elapsed());
		return result;
	} catch (error) {
		clearInterval(timer);
		show.end('✘', elapsed());
		throw error;
	}
}

function liveLine(title) {
	let frame = 0;
	const write = (line) => process.stdout.write(`\r\u001b[K${line}`);
	return {
		every: 100,
		progress(fraction, time) {
			const spinner = FRAMES[frame++ % FRAMES.length];
			write(`${spinner} ${title}  ${fraction === undefined ? '' : bar(fraction)}${time}`);
		},
		end: (mark, time) => write(`${mark} ${title} (${time})\n`),
	};
}

function plainLines(title) {
	let announced = false;
	return {
		every: PLAIN_LINE_EVERY_MS,
		progress(fraction, time) {
			if (!announced) console.log(`  ${title} ...`);
			announced = true;
			console.log(`    ${fraction === undefined ? '' : `${percent(fraction)}, `}${time}`);
		},
		end: (mark, time) => console.log(`${mark} ${title} (${time})`),
	};
}

const percent = (fraction) => `${Math.floor(fraction * 100)} %`;

function bar(fraction) {
	const filled = Math.round(fraction * BAR_WIDTH);
	return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${percent(fraction)}  `;
}

/**
 * Runs a script's main function: a `PlainError` becomes its message and exit code 1.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
	try {
		await main();
	} catch (error) {
		if (!(error instanceof PlainError)) throw error;
		if (error.details) console.error(`\n${error.details.trim()}`);
		console.error(`\n${error.message}`);
		process.exitCode = 1;
	}
}
