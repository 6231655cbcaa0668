import type zh from "./zhOrders";

const en: typeof zh = {
  order: {
    title: "Work order", watches: "Stopwatches", limit: "limit", noLimit: "no limit", words: "Remark, kept with the next act", kept: "{act}: kept",
    states: { waiting: "Waiting", accepted: "Accepted", on_site: "On site", done: "Done" },
    sides: { remote: "Remote duty", site: "People on site" }, results: { running: "running", in_time: "in time, {time} to spare", late: "late, worst by {time}" },
    kinds: { found: "Found", warned: "Warned", nearest: "Nearest people there", second: "Second force there", handled: "Handled", closed: "Closed" },
    clocks: { take: "Take", verify: "Verify", accept: "Accept", arrive: "On site", handle: "Handle" },
    acts: { inform: "Site informed", call_fire_brigade: "119 called", start_systems: "Systems started", send_force: "More people sent", accept: "Accept", arrive: "Arrive", second_force: "Second force arrived", evacuate: "Evacuation", handle: "Done", remark: "Remark" },
    callNow: "Fire confirmed: call now and say this", pressed: "I have called", called: "{name} called at {time}", drill: "A drill: nobody calls 119",
    incident: "Fire report", incidentStates: { owed: "Owed", drafted: "Being written", submitted: "Submitted" }, dueIn: "due in {time}", lateBy: "late by {time}", wasLate: "handed in late", write: "Write report",
    incidentHow: "Due to the education authority within two hours of the confirmation. Place, sighting, measures and people told are filled in from rows: check and complete them. Once submitted it is sealed.",
    form: { place: "Where exactly", seen: "What was seen", cause: "What burned, and why (first findings)", measures: "What was done", told: "Who was told", damage: "Damage", injured: "Injured", dead: "Dead", evacuated: "Led out" },
    save: "Save", saved: "Report saved", submit: "Submit", submitted: "Report submitted", submitAsk: "It is sealed and signed and cannot be changed afterwards. Submit?",
    makeSheet: "Make alarm sheet", sheetMade: "Alarm sheet made", papers: { alarm: "Alarm sheet", incident: "Fire report", daily: "Daily report", weekly: "Weekly report" },
  },
};
export default en;
