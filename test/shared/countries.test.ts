import { getCountriesWithNumbers } from '../../nodes/shared/countries';

/** The drop-down of Default Country. */

it('begins with none, and goes on in the order of the names', async () => {
	const [none, ...countries] = await getCountriesWithNumbers();
	expect(none).toEqual({ name: 'None: Read as International Numbers', value: '' });
	const names = countries.map(({ name }) => name);
	expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
	expect(names.slice(0, 3)).toEqual(['Afghanistan (AF)', 'Åland Islands (AX)', 'Albania (AL)']);
	expect(names.at(-1)).toBe('Zimbabwe (ZW)');
	expect(countries).toContainEqual({ name: 'Kosovo (XK)', value: 'XK' });
});

it('shows the code of a country that has no name', async () => {
	const of = jest.spyOn(Intl.DisplayNames.prototype, 'of').mockReturnValue(undefined);
	try {
		const [, first] = await getCountriesWithNumbers();
		expect(first).toEqual({ name: 'AC (AC)', value: 'AC' });
	} finally {
		of.mockRestore();
	}
});
