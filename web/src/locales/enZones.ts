import type zh from "./zhZones";

const en: typeof zh = {
  zone: {
    title: "Zones", open: "Zones", none: "No zone is drawn yet.", draw: "Draw corners", stopDrawing: "Stop drawing", rectangle: "Add rectangle", discard: "Discard changes", unsaved: "Not saved yet", newName: "Zone {number}",
    drawHow: "Click the corners one after the other; click the first one again, double-click or press Enter to close, Esc to cancel", noPicture: "No picture now", corner: "Corner {number} ({x}% across, {y}% down): arrow keys move it, Delete removes it, Insert adds one after it",
    kind: "Kind", name: "Name", hold: "Hold", seconds: "seconds, then an alarm", hours: "Counts", always: "always", someHours: "at hours", from: "From", until: "Until", addCorner: "One corner more", dropCorner: "One corner less", remove: "Remove zone",
    twoWheelsHow: "Bicycles and motorcycles that stay in it; of e-bikes about half are seen. Nothing is compared, so no picture needs to be approved.",
    cornersHow: "Drag the dots on the picture; or reach them with Tab and move them with the arrow keys.", maskHow: "What lies in a mask is not looked at for smoke and flame. Only for places with a permitted flame, or that are not the unit's.",
    fault: { name: "A name is needed (40 characters at most)", corners: "The zone is too small or has too few corners", hold: "The hold is 5 to 3600 seconds", hours: "The two times must differ" },
    state: { free: "free", blocked: "something stands there", checking: "checking", unknown: "not compared", mask: "masked", unsaved: "not saved" }, blockedFor: "blocked {span}",
    lookInterval: "Looked at every", lastLook: "Last look", conditionSince: "{what} since {time}",
    condition: { black: "Black picture", frozen: "Frozen picture", covered: "Covered lens", moved: "Camera turned away", blurred: "Out of focus", washed_out: "Washed out" },
    reference: "Reference picture", referenceHow: "Zones are compared with the reference picture: what differs from it and stays raises an alarm, and its going is noted. Approve while the zones are free and everything is in its place; a camera that turns to infrared at night needs a grey one, too.",
    noReference: "No reference picture is approved yet; zones are not compared.", candidate: "Picture to approve", present: "Present picture", take: "Take the present picture", takeAgain: "Take it again", approve: "Approve as reference", approveAsk: "Make sure that every zone is free and everything is in its place.", takenAt: "Taken {time}", approvedBy: "Approved by {name}, {time}",
  },
};
export default en;
