/** Alarms of level one that a drill may make up: what people run for. The server refuses others. */
export const GRAVE = ["F01", "F02", "F03", "F04"] as const;
