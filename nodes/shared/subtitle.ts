/** What stands below the name of a node on the canvas: words, not the values of parameters. */

export const actionSubtitle =
	'={{ ($parameter["operation"] + ($parameter["resource"] === "message" ? "" : ": " + $parameter["resource"])).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}';

/** One event by name, more by their number: names of two do not fit. */
export const triggerSubtitle =
	'={{ $parameter["events"].length > 1 ? $parameter["events"].length + " kinds of events" : $parameter["events"].join("").replace(".", " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}';
