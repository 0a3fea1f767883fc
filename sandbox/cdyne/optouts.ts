import type { Numbers } from '../numbers';

const STOP = ['STOP', 'END', 'CANCEL', 'UNSUBSCRIBE', 'QUIT', 'UNSUB', 'ARRET'];
const RESUME = ['RESUME', 'RECOMMENCER'];
const HELP = ['HELP', 'HLP', 'INFO', 'AIDE'];

export type SystemWord = 'stop' | 'resume' | 'help';

/** Returns the kind of system word that a text consists of. */
export function systemWord(text: string): SystemWord | undefined {
	const word = text.trim().toUpperCase();
	if (STOP.includes(word)) return 'stop';
	if (RESUME.includes(word)) return 'resume';
	return HELP.includes(word) ? 'help' : undefined;
}

/** The numbers that opted out, by license key. */
export class OptOuts {
	private readonly entries = new Map<string, { key: string; number: string; at: Date }>();

	constructor(private readonly numbers: Numbers) {}

	add(key: string, number: string): void {
		this.entries.set(`${key} ${number}`, { key, number, at: new Date() });
	}

	remove(key: string, number: string): void {
		this.entries.delete(`${key} ${number}`);
	}

	has(key: string, number: string): boolean {
		return this.entries.has(`${key} ${number}`) || this.numbers.outcome(number) === 'optedOut';
	}

	list(key: string): Array<{ EntryDate: Date; PhoneNumber: string }> {
		return [...this.entries.values()]
			.filter((entry) => entry.key === key)
			.map(({ number, at }) => ({ EntryDate: at, PhoneNumber: number }));
	}

	clear(): void {
		this.entries.clear();
	}
}
