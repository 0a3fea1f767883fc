/** Stands in for a language model that picks a tool by its description. */

const words = (text: string) =>
	(text.toLowerCase().match(/[a-z]{3,}/g) ?? []).map((word) => word.replace(/(ing|ed|s)$/, ''));

/**
 * Finds the description that shares the most words with a sentence. Rare words count more.
 * @returns the index of the description
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
