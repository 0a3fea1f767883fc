/* eslint-disable @n8n/community-nodes/no-restricted-globals -- a test, not a node */
import type * as N8nWorkflow from 'n8n-workflow';
import { timers as sandboxTimers } from '../../../sandbox/clock';

/**
 * Makes the specifications sleep fast: while anything sleeps, the time that the nodes and the sandbox
 * see (Date, sleep, the sandbox's clock) runs SPEED times as fast. So delays keep their order and
 * proportions and cost a fraction. Time-outs of requests count real time, whatever the machine.
 */

const SPEED = 20;

/** Milliseconds of real time after which a timer looks whether time runs faster now. */
const STEP = 10;

const RealDate = Date;
const origin = RealDate.now() - performance.now();
let sleepers = 0;
let skipped = 0;
let fastSince = 0;

/** Milliseconds since the process began, in virtual time. */
function now(): number {
	const elapsed = performance.now();
	return elapsed + skipped + (sleepers > 0 ? (elapsed - fastSince) * (SPEED - 1) : 0);
}

const epochNow = () => Math.round(origin + now());

function changeSleepers(by: 1 | -1): void {
	skipped = now() - performance.now();
	fastSince = performance.now();
	sleepers += by;
}

interface Timer {
	current: NodeJS.Timeout;
}

const timers = new WeakMap<NodeJS.Timeout, Timer>();

function setTimer(work: () => void, ms: number): NodeJS.Timeout {
	const due = now() + ms;
	const schedule = () => {
		const left = (due - now()) / (sleepers > 0 ? SPEED : 1);
		return setTimeout(check, Math.min(Math.max(left, 0), STEP));
	};
	const check = () => {
		if (due - now() < 0.5) work();
		else timer.current = schedule();
	};
	const timer: Timer = { current: schedule() };
	timers.set(timer.current, timer);
	return timer.current;
}

function clearTimer(handle?: NodeJS.Timeout): void {
	clearTimeout(handle && (timers.get(handle)?.current ?? handle));
}

async function sleep(milliseconds: number): Promise<void> {
	changeSleepers(1);
	try {
		await new Promise((resolve) => setTimer(() => resolve(undefined), milliseconds));
	} finally {
		changeSleepers(-1);
	}
}

class VirtualDate extends RealDate {
	constructor(...parts: [] | [number]) {
		if (parts.length === 0) super(epochNow());
		else super(...parts);
	}

	static now(): number {
		return epochNow();
	}

	static [Symbol.hasInstance](value: unknown): boolean {
		return value instanceof RealDate;
	}
}

/** The specifications, except the one that looks at the timers themselves. */
const FAST = /[\\/]engine[\\/]specifications[\\/](?!bareHost)/;

if (FAST.test(expect.getState().testPath ?? '')) {
	global.Date = VirtualDate as DateConstructor;
	Object.assign(sandboxTimers, { now, setTimeout: setTimer, clearTimeout: clearTimer });
	jest.mock('n8n-workflow', () => ({
		...jest.requireActual<typeof N8nWorkflow>('n8n-workflow'),
		sleep,
	}));
}
