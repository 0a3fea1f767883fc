import { getCountriesWithNumbers } from '../../../nodes/shared/panel/countries';

/** The choices of Default Country. */

it('starts with no country, followed by all countries sorted by name', async () => {
	const [none, ...countries] = await getCountriesWithNumbers();
	expect(none).toEqual({ name: 'None: Read as International Numbers', value: '' });
	const names = countries.map(({ name }) => name);
	expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
	expect(names.slice(0, 3)).toEqual(['Afghanistan (AF)', 'Åland Islands (AX)', 'Albania (AL)']);
	expect(names.at(-1)).toBe('Zimbabwe (ZW)');
	expect(countries).toContainEqual({ name: 'Kosovo (XK)', value: 'XK' });
});

it('shows the code of a country without a name', async () => {
	const nameOf = jest.spyOn(Intl.DisplayNames.prototype, 'of').mockReturnValue(undefined);
	try {
		const [, first] = await getCountriesWithNumbers();
		expect(first).toEqual({ name: 'AC (AC)', value: 'AC' });
	} finally {
		nameOf.mockRestore();
	}
});
