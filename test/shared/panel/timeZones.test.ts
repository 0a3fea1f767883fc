import { isTimeZone } from '../../../nodes/shared/input/wallClock';
import { getTimeZoneChoices } from '../../../nodes/shared/panel/timeZones';
import * as providers from '../../engine/tables/providers';

/** The choices of the time zone of Quiet Hours. */

it('are the recipient, the workflow and every time zone', async () => {
	const [recipient, workflow, ...zones] = await getTimeZoneChoices();
	expect([recipient.value, workflow.value]).toEqual(['recipient', 'workflow']);
	expect(zones.length).toBeGreaterThan(300);
	expect(zones.filter(({ value }) => !isTimeZone(String(value)))).toEqual([]);
	expect(zones).toContainEqual({ name: 'America/New York', value: 'America/New_York' });
});

it.each(Object.values(providers).map(({ title, node }) => [title, node] as const))(
	'%s has them',
	(_title, node) => {
		expect(node.methods?.loadOptions?.getTimeZones).toBe(getTimeZoneChoices);
	},
);
