import ts from 'typescript';

/** The string literals in a part of a source file. In a template, `…` stands for an expression. */
export function literalTexts(part: ts.Node): string[] {
	const texts: string[] = [];
	const read = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) texts.push(node.text);
		if (ts.isTemplateExpression(node)) {
			const parts = node.templateSpans.map(({ literal }) => literal.text);
			texts.push([node.head.text, ...parts].join('\u2026'));
		}
		ts.forEachChild(node, read);
	};
	read(part);
	return texts;
}
