import type zh from "./zhDuty";

const en: typeof zh = {
  dutyRoom: {
    tab: "Parts", tabs: { rooms: "Duty rooms", headCounts: "Head-counts" }, parts: { roster: "Roster", seats: "Seats and posts", handovers: "Handovers" },
    how: { rooms: "A duty room has video, a roster and a seat; who should be there, who signed on and how many the camera sees stand side by side.", headCounts: "Set by region and kind of room; the nearest one holds and names its legal basis." },
    find: "Find a duty room by name", withClosed: "Closed ones, too", none: "No duty room yet", open: "Open a duty room", edit: "Change the duty room", close: "Close the duty room", closed: "Closed", closedAt: "Closed {time}", closeMeans: "Its seats are given up, whoever is on post goes off, its cameras are free; roster and handovers stay.",
    name: "Name", kind: "Kind", organisation: "Organisation", unit: "In which unit", stands: "Stands in", cameras: "Cameras", seats: "Seats", onPost: "On post", required: "Needed", requiredBy: "{people} people ({basis})", quiet: "Quiet time (s)", seconds: "{s} s", openedAt: "Open since", reason: "Reason",
    addCamera: "Enter a camera", cameraName: "Name", cameraAddress: "Address (RTSP)", cameraUser: "Account at the camera (optional)", cameraPassword: "Its password (optional)",
    siteHint: "An organisation's own room stands on its duty site: cameras and alarms belong to the site, which is in no count.", noCamera: "No camera", camerasHint: "Cameras of “{unit}” that are entered as of a duty room or fire control room.", quietHint: "When nothing is done at the seat for so long, it shows a light, after 15 s a sound, after 15 s more it calls the leader (IMO MSC.128(75): 3 to 12 minutes).",
  },
  headCount: { first: "Where nothing is set, GB 25201—2010 holds: at least 2 people a shift.", add: "Set a head-count", none: "Nothing else is set", region: "Region", people: "People at once", basis: "Legal basis", document: "Title and clause of the document" },
  roster: {
    before: "Week before", after: "Week after", thisWeek: "This week", complete: "Next 7 days complete", incomplete: "Next 7 days incomplete", copy: "Copy to next week", add: "Enter shifts", nobody: "Nobody", standIn: "stand-in", found: "({found}, needed {limit})", more: "{count} more",
    weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    days: "Days", past: "This week is over; turn to a later one.", hours: "Hours (at most 8 a shift)", own: "Other", people: "People ({people} needed)", choose: "Choose", certified: "certified", certifiedUntil: "certified until {day}", uncertified: "no valid certificate", enter: "Enter {count} shifts",
    change: "Shift of {name}", standInBy: "Stand-in", standInSave: "Stand in", takeOff: "Take off", swap: "Swap shifts", swapOne: "Whose shift", swapOther: "For whose shift",
  },
  seat: {
    how: "Sign in on the computer in the duty room, open “Duty seat” and enter the code: that browser becomes a seat of this room. Its key never leaves it. A code holds for 10 minutes and is used once.",
    name: "Name of the seat", makeCode: "Give out a code", codeUntil: "until {time}", none: "No seat yet", pairedAt: "Bound", state: "State", bound: "Bound", givenUpAt: "given up {time}", giveUp: "Give up", giveUpAsk: "Give up the seat “{name}”? Whoever signed on there goes off post.",
    posts: "On post in the last 7 days", noPosts: "Nobody was on post in the last 7 days", who: "Name", since: "On", until: "Off", there: "On post",
    bind: "Bind this seat", bindHow: "Enter the 8 digits that the organisation's leader gave out. Then only this browser on this computer answers roll-calls and signs handovers of the room.", code: "8-digit code", bindNow: "Bind", forget: "Forget this seat", console: "Back to the console", signOn: "Go on post", signOff: "Go off post",
    people: "On post", nobody: "Nobody is on post", rostered: "On the roster now", sinceTime: "since {time}", quietFor: "Asks in {s} s if nothing is done", wake: "Press any key or touch the screen: somebody is here", alarms: "Waiting alarms", noAlarms: "No open alarm", toDesk: "Open the alarm desk",
  },
  handover: {
    title: "Handover", none: "No handover signed in the last 30 days", due: "Due", state: "State", given: "Left", taken: "Came", sheet: "Sheet", leaving: "Leave", coming: "Come", signedBy: "{name} signed {time}", remark: "Remark (optional)", signLeaves: "Sign: I leave", signComes: "Sign: I come",
    open: "{open} open alarms ({grave} of level 1 or 2)", cameras: "cameras: {online} on-line, {offline} away", there: "on post: {names}",
  },
  record: { title: "Two-hour record", now: "{from}–{to} ({state}): alarms, cameras and people are filled in; look at the equipment and sign.", remark: "State of the equipment (optional)", sign: "Sign", nothing: "Nothing to record now.", signOnFirst: "Go on post to sign." },
};
export default en;
