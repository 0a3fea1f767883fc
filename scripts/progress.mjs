/**
 * Shows the current step and its duration: as a live line on a terminal, otherwise as plain lines.
 */

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const BAR_WIDTH = 24;
const PLAIN_LINE_INTERVAL_MS = 10_000;

/** An error without a stack trace, whose message tells the user what to do. */
export class PlainError extends Error {
	/**
	 * @param {string} message one or two sentences
	 * @param {string} [details] output of the command that failed, shown above the message
	 */
	constructor(message, details) {
		super(message);
		this.details = details;
	}
}

/** Formats a duration. @param {number} milliseconds */
export function duration(milliseconds) {
	// rounded first, to avoid 60 seconds
	const tenths = Math.round(milliseconds / 100);
	if (tenths < 100) return `${(tenths / 10).toFixed(1)} s`;
	const seconds = Math.round(milliseconds / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const MIN_FRACTION = 0.05;

/**
 * Estimates the remaining time from the previous speed; '' if it is too early for an estimate.
 * @param {number | undefined} fraction that is done
 * @param {number} milliseconds since the start
 */
export function remaining(fraction, milliseconds) {
	if (fraction === undefined || fraction < MIN_FRACTION || fraction >= 1) return '';
	return `, about ${duration((milliseconds * (1 - fraction)) / fraction)} left`;
}

/**
 * Runs a step and shows its title, duration and, if the step reports it, progress.
 * @template T
 * @param {string} title
 * @param {(report: (fraction: number) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
	const started = Date.now();
	let fraction;
	const elapsed = () => duration(Date.now() - started);
	const time = () => elapsed() + remaining(fraction, Date.now() - started);
	const show = process.stdout.isTTY ? liveLine(title) : plainLines(title);
	const timer = setInterval(() => show.progress(fraction, time()), show.every);
	try {
		const result = await work((reported) => (fraction = reported));
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
		every: PLAIN_LINE_INTERVAL_MS,
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
 * Runs a script's main function. A `PlainError` prints its message and sets exit code 1.
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
