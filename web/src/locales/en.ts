import bulletins from "./enBulletins";
import devices from "./enDevices";
import facilities from "./enFacilities";
import figures from "./enFigures";
import ladder from "./enLadder";
import notices from "./enNotices";
import quality from "./enQuality";
import quiet from "./enQuiet";
import recordings from "./enRecordings";
import survey from "./enSurvey";
import uppers from "./enUppers";
import zones from "./enZones";
import type zh from "./zh";

const en: typeof zh = {
  app: {
    name: "Watchfire",
    subtitle: "Campus fire watch",
    menu: "Main menu",
    home: "Back to the start",
    nothingHere: "There is nothing to open here.",
    demo: "Demonstration: units are synthetic, camera pictures are simulated.",
    simulated: "Simulated",
    simulatedHint: "The picture is made by a program, not by a real place",
    theme: "Light or dark",
    otherLanguage: "中文",
    connectionLost: "Connection to the server lost. What you see may be old. Reconnecting…",
  },
  menu: {
    home: "Start", overview: "Overview", alarms: "Alarm desk", escalations: "Escalated to us", notices: "Notices", notice: "Notice", quality: "Rule quality", silences: "Planned silences", patrol: "Video patrol", units: "Units", unit: "Unit", cameras: "Cameras", survey: "Site survey", zones: "Zones", recordings: "Recordings", lookups: "Look-ups", storage: "Storage", devices: "Devices", device: "Device", facilities: "Fire facilities", facility: "Transmission device", uppers: "Upper platforms", upper: "Upper platform",
    progress: "Progress", figures: "Figures", compare: "Compare snapshots", bulletins: "Bulletins", bulletin: "Bulletin", inbox: "Inbox", lint: "Check a notice", audit: "Audit", system: "System", password: "Change password", nothing: "Not found",
  },
  action: { again: "Try again", dismiss: "Dismiss", cancel: "Cancel", send: "Send", save: "Save", add: "Add", edit: "Edit", remove: "Remove", open: "Open", refresh: "Refresh", copy: "Copy", copied: "Copied", download: "Download", close: "Close", search: "Search" },
  form: { optional: "optional", required: "required" },
  list: { loading: "Loading…", none: "Nothing matches", pages: "Pages", page: "Page {page}, {rows} rows", previous: "Previous", next: "Next", all: "All" },
  key: { space: "Space" },
  unit: {
    provincial: "Province", id: "Unit id",
    ms: "{value} ms", s: "{value} s", min: "{value} min", h: "{value} h", d: "{value} d",
    one: "Unit", find: "Type a name to find a unit", name: "Name", category: "Category", region: "Region", connection: "Connection", duty: "Duty", city: "City", county: "County",
    ownership: "Ownership", level: "Study level", boarding: "Boarding", schoolCode: "School code", synthetic: "Synthetic", syntheticHint: "Expanded from a count table; not a real unit",
    history: "Changes", noHistory: "No changes", cameras: "Cameras", noCameras: "No cameras yet", formerNames: "Former names", validFrom: "Valid from", import: "Import", allRegions: "All regions", yes: "Yes", no: "No",
    at: "Time", attribute: "Attribute", old: "Before", new: "After", source: "Source",
  },
  ownership: { public: "Public", private: "Private" },
  studyLevel: { undergraduate: "Undergraduate", vocational: "Vocational" },
  import: {
    title: "Import units", template: "Template", errorSheet: "Problems as XLSX", how: "Choose a CSV or XLSX file. It is checked first; it is written only when every row is right. One bad row and nothing is imported.", choose: "Choose a file", check: "Check only", apply: "Import",
    accepted: "{count} rows right", created: "{count} new", updated: "{count} changed", unchanged: "{count} unchanged", errors: "{count} problems", row: "Row", column: "Column", value: "Value", reason: "Reason",
    applied: "Imported.", clean: "All rows are right. Ready to import.", refused: "Some rows are wrong. Nothing was imported. Mend them and try again.", shown: "The first {count} are shown, {hidden} more are not", ignored: "Columns not used: {columns}",
  },
  level: { 1: "Level 1 (red) most urgent", 2: "Level 2 (orange) urgent", 3: "Level 3 (yellow) ordinary", 4: "Level 4 (blue) notice" },
  levelShort: { 1: "L1", 2: "L2", 3: "L3", 4: "L4" },
  alarm: {
    list: "Alarms", card: "Alarm", open: "Open", closed: "Closed", raise: "Raise alarm", noneOpen: "No open alarms", chooseOne: "Choose an alarm on the left",
    aiNotice: "AI early warning; does not replace the fire alarm system", openByLevel: "Open alarms by level", toDesk: "To the desk", drill: "Drill", occurred: "Occurred", score: "score {score}%", owner: "Taken by", reason: "False-alarm reason",
    late: "overdue", left: "left", limit: "limit", notStarted: "not started", met: "in time", missed: "late", clocks: "Time limits", timeLine: "Time line", steps: "Steps", system: "System", next: "Next",
    nothingToDo: "Nothing for you to do here now", otherAlarm: "other alarm", done: "{action}: done", picture: "Evidence", clip: "Clip", result: "Result picture", boxes: "Show boxes",
    noPicture: "No picture", pictureRefused: "The picture cannot be shown (not allowed, or expired)", neighbours: "Other cameras here", thisCamera: "This camera", note: "Note",
    model: "Model",
    lackReason: "Choose a reason", lackPicture: "A result picture is needed", lackNote: "A note is needed", useLive: "Use the live picture", chooseFile: "Choose a file", noLivePicture: "There is no live picture now", pictureType: "JPEG or PNG only", pictureSize: "At most 8 MB",
    stateFilter: "Outcome", anyEnd: "Any outcome", level: "Level", kind: "Kind of alarm",
  },
  event: {
    raise: "Raised", open: "First opened", take: "Take", release: "Give back", start_verify: "Start verifying", confirm: "Confirm: real", reject: "False alarm", mark_test: "Test or drill", merge: "Merge", arrive: "On site",
    start_handling: "Start handling", handle: "Handled", approve: "Approve and close", return: "Send back", reopen: "Reopen", escalate: "Escalated", silence_timeout: "Owner silent, back to waiting", clear: "Cleared on the picture (noted automatically, still to be closed by a person)", view: "First opened",
  },
  clock: { take: "Take", verify: "Verify", arrive: "On site", handle: "Handle" },
  mark: { overdue: "Overdue", escalated: "Escalated", reopened: "Reopened", reassigned: "Reassigned", quarantined: "Quiet rule", silenced: "Planned silence" },
  source: { ai: "AI", manual: "Raised by a person", device: "Sent by a device" },
  box: { flame: "Flame", smoke: "Smoke", open_flame: "Open flame", exit: "Exit", fire_lane: "Fire lane", fire_door: "Fire door", extinguisher: "Extinguisher", hydrant: "Hydrant", person: "Person", no_two_wheels: "E-bike" },
  moment: { occurred_at: "Occurred", pushed_at: "Pushed", opened_at: "Opened", taken_at: "Taken", verified_at: "Verified", arrived_at: "On site", handled_at: "Handled", reviewed_at: "Reviewed" },
  span: { discovery_ms: "found in", take_ms: "taken in", verify_ms: "verified in", arrive_ms: "there in", handle_ms: "handled in", close_ms: "closed in" },
  sound: { on: "Sound on", off: "Muted", locked: "Sound off: click the page" },
  live: {
    title: "Live picture", live: "Live · {seconds} s behind", connecting: "Connecting…", reconnecting: "Picture lost, reconnecting…", silent: "No picture for 10 s, reconnecting…", camera: "Camera trouble",
    unsupported: "This browser cannot play the camera's codec; use a recent Chrome or Edge", denied: "You may not watch live pictures here",
    main: "main stream", sub: "sub-stream", converted: "converted here", to_main: "Full picture", to_sub: "Small picture",
    byWebRTC: "Least delay: straight to the browser by UDP (WebRTC)", byMSE: "Usual way: through the page's own connection (WebSocket + MSE)",
  },
  cameraState: { disabled: "Disabled", connecting: "Connecting", online: "Online", resting: "Standing by", unauthorised: "Wrong password", unreachable: "Unreachable", silent: "Silent", unsupported_codec: "Codec not supported", no_video: "No video" },
  camera: {
    showAll: "All cameras", name: "Name", unit: "Unit", place: "Place", address: "Stream address", addressHint: "rtsp://host:port/path, without user name and password", subAddress: "Sub-stream address (optional)", subAddressHint: "Same host; the small picture, also where a browser cannot show the main one", onvifAddress: "ONVIF address (optional)", onvifAddressHint: "Same host, for turning the head; left empty it is looked for", userName: "User name", password: "Password", passwordKept: "Leave empty to keep it; it can be written, never read", watch: "AI watch", watchOn: "on", watchOff: "off", disabled: "Disabled (no stream is taken)",
    state: "State", reason: "Reason", since: "Since", add: "Add camera", edit: "Edit camera", remove: "Remove camera “{name}”? Its alarms are kept.", forbidden: "No camera may be installed here by law (State Council Decree 799, art. 8)",
    lastFrame: "Last picture", lastKeyFrame: "Last key frame", frames: "Frames", keyFrames: "Key frames", bytes: "Received", reconnects: "Reconnects", undecodable: "Undecodable", looksAt: "Looks at", looksAtOf: { key_frames: "Key frames", sub_stream: "Key frames of the sub-stream (those of the main stream are too rare)", every_picture: "Every picture is decoded (key frames are too rare)" }, looks: "AI looks", gatedQuiet: "Skipped as still", interval: "Key-frame interval", size: "Picture size", dropped: "Key frames dropped",
    noThumbnail: "No picture yet", search: "Find by name", health: "Health", all: "Any state", watchLive: "Watch live",
  },
  overview: {
    asOf: "As of {time}", should: "Should connect", connected: "Connected", duty: "On duty", connectionRate: "Connection rate", dutyRate: "Duty rate", byCategory: "Connection and duty by category", category: "Category", openAlarms: "Open alarms", today: "Today", overdue: "Overdue", todayFalse: "False today",
    cameras: "Cameras", online: "online", of: "of {total}", noAlarms: "No open alarms",
  },
  ...figures,
  ...uppers,
  ...bulletins,
  ...devices,
  ...facilities,
  ...recordings,
  ...survey,
  ...ladder,
  ...notices,
  ...zones,
  ...quality,
  ...quiet,
  auditAction: {
    transmitter_add: "Add transmission device", transmitter_edit: "Change transmission device", transmitter_remove: "Remove transmission device", component_place: "Place component", roll_call: "Call the roll",
    upper_add: "Add upper platform", upper_edit: "Change upper platform", upper_remove: "Remove upper platform", device_add: "Add device", device_edit: "Change device", device_remove: "Remove device", device_restart: "Restart device", device_guard: "Arm or disarm device", device_parameters: "Change device parameters", device_format_card: "Format memory card", capture: "Capture picture", channels_place: "Make cameras of channels", camera_turn: "Turn camera", camera_preset: "Set preset", camera_record: "Order recording", camera_guard: "Arm or disarm channel",
    voice_speak: "Speak through a device", voice_end: "End of a speech", lookup_recording: "Look at recordings", export_recording: "Export recordings", cancel_export: "Cancel export", download_export: "Download export", disk_add: "Add disk", disk_edit: "Change disk", disk_take_back: "Take disk back", disk_out: "Disk out of service", disk_back: "Disk back", pin_recording: "Pin recordings", release_pin: "Release pin", delete_recordings: "Delete recordings", set_retention: "Set retention", search_recordings: "Search recordings", view_recording: "Watch recording", notice_map: "Say what a report means", notice_reset: "Reset alarm point",
    sign_in: "Sign in", sign_in_once: "Sign in by link", sign_out: "Sign out", set_up: "First set-up", change_password: "Change password", create_account: "Create account",
    reset_account: "Reset account", disable_account: "Disable account", camera_add: "Add camera", camera_edit: "Change camera", camera_remove: "Remove camera", zones_edit: "Zones changed", reference_approve: "Reference picture approved", quarantine_propose: "Quarantine proposed", quarantine_approve: "Quarantine approved", quarantine_decline: "Quarantine declined", quarantine_lift: "Quarantine lifted", quarantine_expire: "Quarantine over", samples_export: "Samples exported", shadow_run: "Shadow run of a model", view_reference: "Reference picture seen", view_live: "Watch live",
    view_picture: "See picture", view_evidence: "See evidence", alarm_raise: "Raise alarm", alarm_acknowledge: "Acknowledge alarm", channel_test: "Test a channel", alarm_open: "Open alarm", alarm_take: "Take alarm", alarm_release: "Give alarm back",
    alarm_start_verify: "Start verifying", alarm_confirm: "Confirm alarm", alarm_reject: "Mark false alarm", alarm_mark_test: "Mark test or drill", alarm_arrive: "Arrive", alarm_start_handling: "Start handling",
    alarm_handle: "Finish handling", alarm_approve: "Approve", alarm_return: "Return", alarm_reopen: "Reopen", alarm_result_picture: "Add result picture", import_units: "Import units",
    take_snapshot: "Take snapshot", bulletin_new: "Write bulletin", bulletin_rewrite: "Rewrite bulletin", bulletin_consult: "Ask for opinions", bulletin_end_consultation: "End round of opinions", bulletin_object: "Object", bulletin_agree: "No objection", bulletin_reply: "Reply to objection",
    bulletin_approve: "Approve bulletin", bulletin_publish: "Publish bulletin", bulletin_receive: "Receive bulletin", bulletin_withdraw: "Withdraw bulletin", bulletin_export: "Export bulletin", bulletin_template_put: "Upload template", bulletin_template_drop: "Remove template",
    propose_register_change: "Propose register change", approve_register_change: "Approve register change", reject_register_change: "Reject register change", register_new_units: "Register new units", replace_signing_key: "Replace signing key", export_units: "Export units", export_figures: "Export figures",
  },
  auditObject: {
    transmitter: "Transmission device",
    channel_of_notification: "Channel of notification", disk: "disk", export: "export", pin: "pin", upper_platform: "Upper platform", device: "Device", channel: "Channel", device_notice: "Device notice",
    alarm: "alarm", camera: "camera", unit: "unit", user: "account", session: "session", snapshot: "snapshot",
    bulletin: "bulletin", register_change: "register change", register_version: "register version", signing_key: "signing key", bulletin_template: "template",
  },
  audit: { seq: "No.", at: "Time", actor: "Person", action: "Action", object: "Object", result: "Result", address: "Address", detail: "Detail", actionFilter: "Filter by action", objectFilter: "Object id", actorFilter: "Person id", system: "System", request: "Request id" },
  auditResult: { ok: "done", denied: "refused", failed: "failed" },
  system: {
    users: "People", add: "New user", loginName: "Log-in name", displayName: "Name", role: "Role", scope: "Scope", lastSeen: "Last seen", created: "Created", state: "State", active: "active", disabled: "disabled", reset: "Reset", disable: "Disable", resetAsk: "Make a new one-time link for “{name}”? The old password stops working.", disableAsk: "Disable “{name}”? All their sessions end now.",
    link: "One-time link", linkOnce: "Shown only once and usable only once. Hand it over in person or by a channel you trust.", linkExpires: "Valid until {time}", scopeRegion: "Region", scopeUnit: "Unit", unitIdHint: "Unit id (shown on the unit's page)", health: "System state", version: "Version", status: "State", healthOk: "in order", model: "Model", modelOwn: "weights in the program", modelFile: "weights file {file}", modelRefused: "weights file {file} cannot be used, so the weights in the program look: {why}", rolesHelp: "Three separated administrators (system, security, audit) check each other; none of them works on the business data.",
  },
  entry: {
    logIn: "Log in", signOut: "Log out", loginName: "Log-in name", password: "Password", setUp: "First start", setUpHow: "Enter the one-time code shown on the server's console to create the first security administrator.", code: "Code", displayName: "Name", newPassword: "New password (at least {min} characters)", again: "Once more", setUpGo: "Finish",
    passwordShort: "At least {min} characters", passwordDiffers: "The two differ", oneTime: "One-time link", oneTimeSpent: "This link is wrong, used or expired.", oldPassword: "Old password", oldPasswordHint: "Leave empty if you came by a one-time link and have none yet", passwordChanged: "Password changed.",
  },
  problem: {
    lookup_needed: "Say first why you look", gone: "Deleted, or its disk is not there", footage_unreadable: "The browser cannot play this stretch (H.265 needs a recent Chrome or Edge that decodes it)", not_signed_in: "Signed out, or wrong name or password", denied: "Not allowed", not_found: "Not found, or not yours to see", conflict: "That did not work", invalid: "Something is filled in wrongly", limit: "Too often or too much", unavailable: "The service is not available now", internal: "Internal error", network: "The server cannot be reached",
  },
};
export default en;
