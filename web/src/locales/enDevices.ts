import type zh from "./zhDevices";

const en: typeof zh = {
  device: {
    import: "Import", importHow: "Headers: gb_id, name, school_code or unit_id, secret (empty: the platform makes one). CSV or XLSX; checked first, written only when every row is right.", importSecrets: "The platform made {count} secrets; they are here this once.", importKeep: "Download the secrets", sheet: { gb_id: "gb_id", name: "name", unit_id: "unit_id", secret: "secret" },
    name: "Device name", nameHint: "e.g. recorder in the gate house", unit: "Unit", gbId: "GB/T 28181 id", state: "State", states: "Devices by state", since: "Since {time}", model: "Maker · model", maker: "Maker", modelOnly: "Model", firmware: "Firmware", edition: "Edition", address: "Signalling address", channels: "Channels",
    search: "Device, unit or id", add: "Add device", registeredAt: "Registered", expiresAt: "Holds until", catalogueAt: "Last catalogue", catalogueParts: "incomplete", createdAt: "Entered", toDiagnosis: "Diagnosis",
    position: "Last position (WGS-84)", speed: "{speed} km/h",
    secret: "Secret", secretMade: "Made by the platform (shown once)", secretOwn: "My own", secretHint: "8 to 64 letters, digits or signs without blanks", secretSet: "set (cannot be read)", secretMissing: "not set, it cannot register", secretOnce: "Enter this now on the page “platform access (GB/T 28181)” of the device. The secret is shown this once; afterwards it can only be made anew.", secretSeen: "Noted, close",
    secretNew: "New secret", secretRenew: "Replace secret", secretAsk: "The device must be given the new secret before it can register again. Replace it?", entered: "As entered", disabled: "Switched off (refused)", saved: "Saved", remove: "Remove device", removeAsk: "Remove device “{name}”? What it reported stays; a device that cameras get their video from cannot be removed.",
    orders: "Orders", ordered: "The device took the order", order: { guard_set: "Arm", guard_reset: "Disarm", restart: "Restart", catalogue: "Ask for the catalogue" },
    orderAsk: { guard_set: "Arm all alarm points of “{name}”?", guard_reset: "Disarm all alarm points of “{name}”? Nothing is reported until they are armed.", restart: "Restart “{name}”? Until it is back there is no picture and no recording.", catalogue: "Ask “{name}” for its catalogue?" },
    tab: { facts: "Overview", channels: "Channels", diagnosis: "Diagnosis", upkeep: "Upkeep", notices: "Reports", settings: "Settings" },
    hint: { offline: "The device is offline. The diagnosis says step by step where it fails and what to do.", unauthorised: "Somebody registers under this id with a wrong secret. Check the secret entered at the device.", never_seen: "The device has never registered. Enter these parameters and the secret on its platform access page.", disabled: "The device is switched off; its registrations are refused." },
  },
  access: {
    title: "What a device has to be told", off: "Access by GB/T 28181 is switched off. Give the platform an id in [access] of the configuration and restart.", id: "SIP server id", domain: "SIP domain", host: "SIP server address", port: "SIP server port", address: "SIP server address and port", transport: "Signalling", both: "UDP or TCP",
    how: "On the platform access page of the recorder or camera choose GB/T 28181 and enter these, the device's own id (also as its user name) and the secret.",
  },
  waiting: {
    title: "Waiting for approval", none: "Nobody waits.", how: "These ids try to register and are not entered. Entering one approves it; check id and address with the people on site first.", address: "From", agent: "Calls itself", first: "First", last: "Last", knocks: "Tries", proved: "Commissioning secret", knows: "knows it", knowsNot: "does not know it", approve: "Approve", from: "From {address}, calls itself {agent}. Commissioning secret:",
  },
  gbId: {
    division: "Region", trade: "Trade", kind: "Type", foreign: "Only the digits 0 to 9", tooMany: "{count} digits too many", unusual: "Please check: a school's devices mostly have trade 11 or 55 and type 118 (recorder) or 132 (network camera).", unusualPlatform: "Please check: a platform mostly has type 200 (digits 11 to 13).",
    tradeOf: { education: "education", security: "public security", traffic: "traffic", other: "other" },
    kindOf: { recorder: "recorder", camera: "camera", server: "video server", alarm_controller: "alarm controller", alarm_input: "alarm input", alarm_output: "alarm output", voice: "voice", platform: "platform", directory: "directory", other: "other" },
  },
  gbEdition: { "1_0": "2011", "1_1": "2011", "2_0": "2016", "3_0": "2022" },
  habit: {
    advanced: "Advanced: habits of the device", how: "Mostly nothing needs to be changed here. Change it when the device misbehaves or the diagnosis says so; empty means: as its edition and maker have it.", usual: "as usual",
    media: { name: "Video over", helps: "Broken pictures mostly come from lost packets: use TCP", udp: "UDP", tcp_device_connects: "TCP, the device connects", tcp_platform_connects: "TCP, the platform connects" },
    charset: { name: "Chinese characters", helps: "When channel names are garbled", gb2312: "GB 2312", gb18030: "GB 18030", utf8: "UTF-8" },
    live_stream: { name: "Live stream", helps: "Sub-stream where the school has little upload; cameras are called anew when saved", main: "Main stream", sub: "Sub-stream" },
    sub_stream: { name: "How the sub-stream is asked for", helps: "When it always sends the main stream", stream_number: "streamnumber", stream: "stream", stream_profile: "streamprofile", stream_mode: "streamMode", no: "not at all" },
    catalogue_event: { name: "Subscription to the catalogue", helps: "When changes are not told or the subscription is refused", presence: "presence", plain: "plain name", with_id: "name with number" },
    alarm_event: { name: "Subscription to alarms", helps: "When alarms are not told or the subscription is refused", presence: "presence", plain: "plain name", with_id: "name with number" },
    ssrc_checked: { name: "Check the media's mark", helps: "No, when it sends another mark than agreed and no picture comes" },
    time_sync: { name: "Set its clock at registration", helps: "No, where something else sets it" },
    subscribes: { name: "Subscribe to catalogue and alarms", helps: "No, when it falls over a subscription" },
    roaming: { name: "Its address may change", helps: "Yes, on mobile networks" },
    keepalive_s: { name: "Sign of life every (s)", helps: "As set at the device" },
    keepalive_misses: { name: "Signs of life that may be missed", helps: "More, where the network is unsteady" },
    position_s: { name: "Seconds between positions", helps: "For devices in vehicles whose position is wanted" },
    record_window_h: { name: "Hours of recordings asked for at once", helps: "Fewer, when a whole day finds nothing" },
    redirect: { name: "Send it to another node", helps: "Cluster: the device registers there instead" },
  },
  channel: {
    name: "Channel", type: "Type", status: "As the device says", mount: "Mount", camera: "Camera", isCamera: "is a camera", toCamera: "Open this camera", place: "Make a camera", placeAll: "Make cameras of all", placeAllHow: "Makes a camera of every channel of this device that looks like one, under its own name; those that are cameras stay. Places can be changed one by one on the camera page.", look: "Live", replay: "Recordings",
    isGone: "no longer in the catalogue", none: "No channels. The device tells its catalogue when it registers.", search: "Channel or id", which: "Which channels", all: "All channels", placed: "Are cameras", unplaced: "Are no cameras yet", gone: "Gone from the catalogue", askAgain: "Ask for the catalogue", asked: "The device was asked for its catalogue", watchHow: "Off: video is fetched only while somebody looks",
    didPlace: "“{name}” is a camera now", didPlaceAll: "{placed} cameras made; {had} were cameras; {none} are none",
  },
  mount: { 1: "dome", 2: "half-dome", 3: "fixed", 4: "remote-controlled bullet", 5: "remote-controlled half-dome", 6: "multi-lens panorama", 7: "multi-lens" },
  ptz: {
    title: "Head", presets: "Presets", stop: "Stop", up: "Up", down: "Down", left: "Left", right: "Right", upLeft: "Up and left", upRight: "Up and right", downLeft: "Down and left", downRight: "Down and right", zoom: "Zoom", zoomLess: "Wider", zoomMore: "Nearer", focus: "Focus", focusLess: "Focus far", focusMore: "Focus near", iris: "Iris", irisLess: "Close iris", irisMore: "Open iris",
    speed: "Speed", hold: "Hold to turn, let go to stop; on the keyboard hold Space or Enter. Every move is recorded.", noPresets: "No presets", turn: "Turn camera", asking: "Asking the camera …", askAgain: "Ask again", looks: "Where it looks", looksAt: "pan {pan} %, tilt {tilt} %, zoom {zoom} %", looksUntold: "The camera does not say where it looks", presetName: "Name of the preset", keepHere: "Remember this place", preset: "Preset", number: "Number of the preset", call: "Look there", remember: "Remember", forget: "Forget preset {number}",
    rounds: "Rounds and scan", cruise: "Round", scan: "Scan", begin: "Begin", group: "Number of the round or scan", noCruises: "The device knows no rounds", noStops: "no stops", stopOf: "{preset} ({seconds} s)",
    precise: "Look precisely", pan: "Pan °", tilt: "Tilt °", times: "Zoom ×", askPlace: "Where now", goThere: "Look there", home: "Home position", homeOn: "On", homeAfter: "After (s)",
  },
  voice: {
    title: "Speak", hold: "Hold to speak", opening: "Opening the microphone…", calling: "Calling the device…", speaking: "Speak now, let go to end", hint: "Heard from the device's speaker and not recorded; every speech leaves a row. On the keyboard hold Space or Enter.",
    insecure: "Browsers allow the microphone only over https or on this machine: open this page over https", denied: "The microphone is not allowed: allow it for this page in the browser, then hold again", missing: "There is no microphone", busy: "The microphone cannot be opened; another program may be using it", closed: "The connection broke", notAllowed: "Not allowed to speak, or signed out",
  },
  capture: {
    take: "Capture", save: "Save picture", waiting: "Waiting for the picture …", how: "Devices of 2022 make and upload it; of others a frame of the live video is taken. Every capture leaves a row.", of: "Capture of “{name}”",
  },
  captureFrom: { device: "made by the device", stream: "frame of the live video" },
  upkeep: {
    condition: "What the device says of itself", ask: "Ask again", asking: "Asking the device …", untold: "not told", online: "Online", isOnline: "online", isOffline: "not online", works: "Works", fine: "in order", broken: "faulty", encodes: "Encoding", records: "Recording at the device", runs: "running", stopped: "not running", clock: "Its clock",
    parameters: "Basic parameters at the device", ownName: "Calls itself", expires_s: "Registers for (s)", keepalive_s: "Sign of life every (s)", keepalive_misses: "May miss", set: "Write to the device", setAsk: "Write the changes to the device “{name}”? The platform will count on its signs of life accordingly.", taken: "The device took them; the platform counts on them", how: "The parameters lie at the device and are read from it each time; writing them leaves a row.",
    cards: "Memory cards", noCards: "The device has no memory card", card: "Card", cardState: "State", capacity: "Capacity", free: "Free", format: "Format", formatAsk: "Format memory card {number} of “{name}”? All recordings on it are lost for good; the register says who did it.", formatYes: "Format",
  },
  pointDuty: { armed: "armed", disarmed: "disarmed", alarm: "in alarm" },
  cardState: { ok: "in order", formatting: "being formatted", unformatted: "not formatted", idle: "not in use", error: "faulty" },
  recording: {
    title: "Recordings", day: "Day", search: "Search", asking: "Asking the device for its recordings…", found: "{count} recordings", incomplete: "the device did not answer all of it", none: "No recordings on this day", choose: "Click on the day below or on a row to play", timeline: "The day", from: "From", to: "To", kind: "Why", size: "Size", play: "Play",
  },
  recordingKind: { time: "by schedule", alarm: "alarm", manual: "by hand", all: "all" },
  playback: {
    connecting: "Fetching the recording…", playing: "Playing", paused: "Paused", trouble: "The device does not send the recording", ended: "Played to its end", closed: "Broken off", unsupported: "This browser cannot play the video's codec; use a recent Chrome or Edge", denied: "Not allowed to watch recordings",
    pause: "Pause", resume: "Go on", back: "Back 30 s", forth: "On 30 s", speed: "Speed", times: "{speed}×", anew: "Play again", refused: "The device did not take it",
  },
  diagnosis: {
    title: "Diagnosis", state: { good: "good", warning: "look at it", bad: "fails", unknown: "unknown" }, forgiven: "Departures forgiven", nothingForgiven: "None: the device speaks by the standard.", times: "{count} times", trace: "Last messages", noTrace: "Nothing was sent to or heard of this device yet.", traceHow: "Newest first, secrets taken out. ← from the device, → to it.", in: "from the device", out: "to the device", openAll: "Open all", foldAll: "Fold all",
  },
  diagnosisStep: { entered: "Entered", heard: "Heard", digest: "Secret", registered: "Registered", subscribed: "Subscribed", catalogue: "Catalogue", placed: "Cameras", call: "Call", media: "Media", pictures: "Pictures" },
  forgiven: {
    bare_LF: "bare LF", folded_header: "folded header", no_blank_line: "no blank line", length_0_with_a_body: "length 0 with a body", length_beyond_the_end: "length beyond the end", length_too_short: "length too short", length_unreadable: "length unreadable", leading_noise: "noise before the message", header_without_colon: "header without colon", header_not_UTF_8: "header not UTF-8",
    split_over_datagrams: "message split over datagrams", wrong_password: "wrong password", unreadable_body: "unreadable body", answer_to_no_open_question: "answer to no open question", catalog_that_nobody_asked_for: "catalogue that nobody asked for",
  },
  notice: {
    none: "Nothing was reported", unmapped: "Only without a meaning", silent: "Only waiting for a reset", received: "Came", deviceTime: "By the device's clock", point: "Point", method: "Method", type: "Type", priority: "Priority", words: "Words", meaning: "Meaning", nobodySaid: "nobody has said", ignored: "Ignored", map: "Say what it means", fromNowOn: "The same for all of this sort from now on", raises: "Saving raises an alarm at once, with the time it happened.",
    reset: "Reset", resetAsk: "Reset point {point}? Make sure that somebody has looked on site and that it is dealt with. Only then will the point report again; who reset it is on record and answers for it.", resetYes: "Looked on site, reset", resetDone: "Reset", wasReset: "Reset {time}", isSilent: "waits for a reset",
  },
  alarmMethod: { 1: "telephone", 2: "device", 3: "text message", 4: "position", 5: "video", 6: "device fault", 7: "other" },
};

export default en;
