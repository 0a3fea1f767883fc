import { getCountries } from 'libphonenumber-js/min';
import type { INodePropertyOptions } from 'n8n-workflow';

/**
 * The drop-down of Default Country: every country that has phone numbers, by its English name. Only
 * made when a panel asks for it. The country's code stands in the name, so that a search finds both.
 */
export async function getCountriesWithNumbers(): Promise<INodePropertyOptions[]> {
	const names = new Intl.DisplayNames('en', { type: 'region' });
	const countries = getCountries().map((code) => ({
		name: `${names.of(code) ?? code} (${code})`,
		value: code as string,
	}));
	countries.sort((one, other) => one.name.localeCompare(other.name, 'en'));
	return [{ name: 'None: Read as International Numbers', value: '' }, ...countries];
}
