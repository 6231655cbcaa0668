import type zh from "./zhFacilities";

const en: typeof zh = {
  facility: {
    what: "Fire facilities (detectors, call points, panels) connect through user information transmission devices (GB/T 26875.3). A fire alarm and the camera beside it stand on one card; AI does not replace a fire alarm system.",
    off: "Fire facilities are not listened to. Name a port in [transmitters] of the configuration and restart.", listens: "Listens on {where}; address of this centre {address}.", counts: "Connections {connections}, frames {frames}, sent again {repeated}, denied {denied}, unknown types {unknown}, bytes that were no frame {rubbish_bytes}.",
    find: "Name, unit or address", add: "Add transmission device", none: "No transmission device yet", name: "Name", nameHint: "e.g. teaching building", state: "State", notOnline: "Not online", heard: "Last heard", address: "Address", addressHint: "12 hexadecimal digits, high byte first", addressHow: "The source address set in the device. It travels low byte first; here the high byte stands first.", placed: "Placed / components", peer: "Connects from",
    knocking: "Devices that knock", knockingHow: "These addresses connect, nobody has entered them, and they are denied. Check them and enter them at their unit.", denied: "Denied", adopt: "Enter",
    clockOff: "clock {s} s off", clock: "Clock {s} s ahead", software: "Software", components: "Components", events: "Events", rollCalls: "Roll-calls", settings: "Settings",
    component: "Component", condition: "State", place: "Place", cameras: "Cameras", reading: "Value", setPlace: "Place", placeHint: "e.g. corridor, second floor", chooseCameras: "Cameras that see this place", camerasHow: "The best one first; its picture stands on the card of a fire alarm.", panelSays: "The panel says:", placeHow: "Give components a place and cameras: a fire alarm then shows the picture beside it.", noComponents: "The device has told no components yet", only: { all: "All", unplaced: "Without place", troubled: "In trouble" },
    event: "Event", where: "Component and details", operator: "Operator", alarm: "Alarm",
    callRoll: "Call the roll", answerWithin: "Answer within", minutes: "min", notConnected: "The device is not connected; a roll-call cannot reach it", rollCallHow: "The order goes to the device, and whoever is on duty has to press its answer key in time. Late and missing answers stay on record.", noRollCalls: "No roll-call yet", askedAt: "Asked", askedBy: "By", deadline: "Deadline", receivedAt: "Device has it", answeredAt: "Answered",
    disable: "Switch off", enable: "Switch on", disableHow: "Switched off, whatever the device sends is denied; its records stay.", removeAsk: "Remove transmission device “{name}”? Its records stay, and its address may be entered again.",
  },
  facilityState: { online: "online", offline: "offline", disabled: "switched off", never: "never connected" },
  facilityCondition: { NORMAL: "normal", FIRE: "fire", FAULT: "fault", DISABLED: "disabled", SUPERVISED: "supervisory", STARTED: "started", FEEDBACK: "feedback", DELAYED: "delayed", POWER_FAULT: "power fault", MAINS_FAULT: "mains fault", BATTERY_FAULT: "battery fault", CENTRE_FAULT: "line to the centre", LINE_FAULT: "monitored line" },
  rollCallState: { waiting: "waiting", answered: "answered in time", late: "answered late", absent: "not answered", undelivered: "not delivered" },
  sources: { title: "Sources", device: "Fire facility", ai: "AI", look: "See {name}", seenAlarm: "AI alarm before (picture, clip)", times: "{times} times" },
};

export default en;
