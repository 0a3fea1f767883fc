import type { INodePropertyOptions } from 'n8n-workflow';

/** The choices of the time zone of Quiet Hours: whose clock counts, then all IANA names. */
export async function getTimeZoneChoices(): Promise<INodePropertyOptions[]> {
	const names = Intl.supportedValuesOf('timeZone');
	return [
		{ name: 'Recipient: Where Their Number Is From', value: 'recipient' },
		{ name: 'Workflow: The Time Zone in Its Settings', value: 'workflow' },
		...names.map((name) => ({ name: name.replaceAll('_', ' '), value: name })),
	];
}
