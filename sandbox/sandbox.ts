import type { Faults } from './faults';
import type { RequestLog } from './requests';
import type { Core, Simulator } from './simulator';

/** A running sandbox. Tests in the same process use it instead of the control API. */
export interface Sandbox extends Core {
	/** `http://127.0.0.1:5690`; provider `x` is at `/x`. */
	url: string;
	port: number;
	faults: Faults;
	requests: RequestLog;
	simulators: Map<string, Simulator>;
	/** Changes settings of a provider. @throws Error if it has no such setting */
	configure(provider: string, changes: Record<string, unknown>): void;
	/** Restores the state at the start: no messages, faults, requests or postbacks. */
	reset(): void;
	close(): Promise<void>;
}
