/** What stands below the name of a node on the canvas: words, not the values of parameters. */

export const actionSubtitle =
	'={{ ($parameter["operation"] + ": " + $parameter["resource"]).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}';

/** Two events by name, more by their number. */
export const triggerSubtitle =
	'={{ $parameter["events"].length > 2 ? $parameter["events"].length + " kinds of events" : $parameter["events"].join(", ").replace(/[.]/g, " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}';
