/**
 * The outcome of messages to a number. These mean the same for every provider; a simulator may
 * support additional ones.
 */
export const OUTCOMES = {
	delivered: 'is delivered (every number without a scripted outcome)',
	undelivered: 'is sent, and the network cannot deliver it',
	rejected: 'is rejected by the provider when it is sent',
	landline: 'is rejected by the network on every attempt',
	optedOut: 'is rejected because the recipient opted out',
	noReceipt: 'is sent, and no delivery receipt follows',
} as const;

/** Returns a number in any notation as its E.164 digits. */
export function numberKey(number: string): string {
	const digits = number.replace(/\D/g, '');
	// no country code begins with 0: these are international dialing prefixes
	return digits.replace(/^(?:011|00)/, '');
}

/** The scripted outcomes of numbers. */
export class Numbers {
	private readonly outcomes = new Map<string, string>();
	private readonly presets = new Map<string, string>();

	/** Sets an outcome that `reset` restores. */
	preset(number: string, outcome: string): void {
		this.presets.set(numberKey(number), outcome);
		this.set(number, outcome);
	}

	set(number: string, outcome: string): void {
		this.outcomes.set(numberKey(number), outcome);
	}

	remove(number: string): void {
		this.outcomes.delete(numberKey(number));
	}

	outcome(number: string): string {
		return this.outcomes.get(numberKey(number)) ?? 'delivered';
	}

	list(): Array<{ number: string; outcome: string }> {
		return [...this.outcomes].map(([number, outcome]) => ({ number, outcome }));
	}

	reset(): void {
		this.outcomes.clear();
		for (const [number, outcome] of this.presets) this.outcomes.set(number, outcome);
	}
}
