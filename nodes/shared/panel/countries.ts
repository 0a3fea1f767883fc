import { getCountries } from 'libphonenumber-js/max';
import type { INodePropertyOptions } from 'n8n-workflow';

/**
 * The choices of Default Country: every country that has phone numbers, sorted by its English name.
 * The name includes the country code, so that a search finds both.
 */
export async function getCountriesWithNumbers(): Promise<INodePropertyOptions[]> {
	const names = new Intl.DisplayNames('en', { type: 'region' });
	const countries = getCountries().map((code) => ({
		name: `${names.of(code) ?? code} (${code})`,
		value: code as string,
	}));
	countries.sort((a, b) => a.name.localeCompare(b.name, 'en'));
	return [{ name: 'None: Read as International Numbers', value: '' }, ...countries];
}
