/** The line below a node's name on the canvas, with parameter values turned into words. */

export const actionSubtitle =
	'={{ ($parameter["operation"] + ($parameter["resource"] === "message" ? "" : ": " + $parameter["resource"])).replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}';

/** The name of a single event; only the number of several, because two names do not fit. */
export const triggerSubtitle =
	'={{ $parameter["events"].length > 1 ? $parameter["events"].length + " kinds of events" : $parameter["events"].join("").replace(".", " ").replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase() }}';
