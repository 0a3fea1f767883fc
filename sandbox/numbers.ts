/**
 * What becomes of a message to a number. These words mean the same for every provider; a
 * simulator may understand further ones of its own.
 */
export const OUTCOMES = {
	delivered: 'arrives (what happens to every number without a script)',
	undelivered: 'goes out, and the network gives up',
	rejected: 'is refused by the provider when it is sent',
	landline: 'is refused by the network each time it is handed over',
	optedOut: 'has told this account to stop',
	noReceipt: 'goes out, and nothing is heard of it again',
} as const;

/** A number as one key, whatever form a provider or a person writes it in: digits of E.164. */
export function numberKey(number: string): string {
	const digits = number.replace(/\D/g, '');
	// no country code begins with 0: these are the prefixes one dials to leave a country
	return digits.replace(/^(?:011|00)/, '');
}

/** The scripts of single numbers. */
export class Numbers {
	private readonly scripts = new Map<string, string>();
	private readonly presets = new Map<string, string>();

	/** A script that is there from the start and comes back on reset. */
	preset(number: string, outcome: string): void {
		this.presets.set(numberKey(number), outcome);
		this.set(number, outcome);
	}

	set(number: string, outcome: string): void {
		this.scripts.set(numberKey(number), outcome);
	}

	remove(number: string): void {
		this.scripts.delete(numberKey(number));
	}

	outcome(number: string): string {
		return this.scripts.get(numberKey(number)) ?? 'delivered';
	}

	list(): Array<{ number: string; outcome: string }> {
		return [...this.scripts].map(([number, outcome]) => ({ number, outcome }));
	}

	reset(): void {
		this.scripts.clear();
		for (const [number, outcome] of this.presets) this.scripts.set(number, outcome);
	}
}
