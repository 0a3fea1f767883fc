/** Stands in for the judgement of a language model that has to pick a tool by its description. */

const words = (text: string) =>
	(text.toLowerCase().match(/[a-z]{3,}/g) ?? []).map((word) => word.replace(/(ing|ed|s)$/, ''));

/**
 * The tool whose description has most of the sentence's words, rare ones first.
 * @returns its index
 */
export function choose(sentence: string, descriptions: string[]): number {
	const sets = descriptions.map((description) => new Set(words(description)));
	const weight = (word: string) => {
		const having = sets.filter((set) => set.has(word)).length;
		return Math.log(1 + sets.length / having);
	};
	const scores = sets.map((set) =>
		[...new Set(words(sentence))]
			.filter((word) => set.has(word))
			.reduce((sum, word) => sum + weight(word), 0),
	);
	return scores.indexOf(Math.max(...scores));
}
