// Words of drills of duty rooms.
export default {
  drill: {
    tab: "Parts", tabs: { month: "This month", list: "All drills", lot: "Double-blind lot" },
    how: {
      month: "Every duty room has a scripted and a double-blind drill each month; those without come first.",
      list: "A drill is no alarm: it is in no list and no figure of alarms, and proves nobody's presence.",
      lot: "A seed that is sealed before the month decides the moments, and nobody can choose one; it is published after the month.",
    },
    plan: "Plan a drill", kind: "Kind", anyKind: "Any kind", state: "State", anyState: "Any state", none: "No drills yet", room: "Duty room", rooms: "Duty rooms", noRooms: "No duty rooms in reach", organisation: "Organisation", region: "Region", scripted: "Scripted", doubleBlind: "Double-blind",
    monthBefore: "Month before", monthAfter: "Month after", month: "Month", heldScripted: "Scripted: {held} of {rooms} rooms", heldBlind: "Double-blind: {held} of {rooms} rooms", notHeld: "Not held", points: "{points} points", more: "{count} more rooms; choose a region",
    beginsAt: "Begins", madeUp: "Made-up alarm", score: "Score", byLot: "By lot", plannedBy: "Planned by {name}", knowsOf: "Known to {names}", cancelledBecause: "Called off: {why}",
    step: "Step", within: "Within", after: "Took", cancel: "Call off", cancelWhy: "Why, e.g. a real alarm", apart: "Drills are kept apart: no figure of alarms, no bulletin and no minute of the ledger counts them.",
    scriptedHow: "Announced: the seat says that it is a drill, and shows the steps with their times.", blindHow: "At the seat it looks like any alarm until it is taken; neither guards nor their leader know.", where: "Where (the room's own unit if none)", placeHint: "Where in the unit, e.g. third floor, east", when: "Begins", now: "Now", later: "At",
    knows: "Known to", knowsHint: "e.g. the school's safety manager, so that nobody calls 119", begin: "Begin", enter: "Enter",
    standing: "Regions with a monthly double-blind drill", noPlan: "None yet in this region", drop: "Take away", set: "Set", lots: "Lots of the months", noLots: "No lots yet", committedAt: "Committed", commitment: "Commitment (SHA-256)", seed: "Seed", sealed: "sealed until the month is over",
    mark: "DRILL", gone: "{s} s", withinS: "within {s} s", did: "Done", neverCall: "This is a drill: go through the steps and press Done for each. Do not call 119 and do not start any system. A real alarm goes first.",
  },
};
