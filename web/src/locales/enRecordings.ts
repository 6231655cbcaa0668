// English words of recordings: playback, the register of look-ups, exports, disks, retention.
import type zh from "./zhRecordings";

const en: typeof zh = {
  footage: {
    short: "Recordings", column: "Recorded", camera: "Camera", chooseCamera: "Choose a camera", time: "Recorded", day: "Day", dayBefore: "Day before", dayAfter: "Day after", howMany: "How many days", days: "{count} d", daysTo: "{from} to {to}", look: "Look up", alarm: "Alarm",
    empty: "Choose unit, camera and day, say why, and the recordings are shown.", exports: "Exports", timeLine: "Time line of recordings", lineHow: "Wheel zooms, dragging moves, a click goes there", legend: "Legend", recorded: "Recorded", missing: "Missing", size: "Size", video: "Picture", deleted: "Deleted", notRecorded: "Nothing recorded", pinned: "Pinned",
    alarms: "Alarms ({count})", gaps: "Gaps ({count})", noGaps: "No gaps", beside: "2nd camera", skipped: "Skipped {from} to {to}: {cause}", watermark: "The name over the picture is laid there by this page; it is not in the recording.",
    play: "Play", pause: "Pause", oneBack: "Frame −1", oneOn: "+1", stepBack: "One picture back", stepOn: "One picture on", speed: "Speed", alarmJump: "Alarm", gapJump: "Gap",
    markIn: "In", markOut: "Out", unmark: "Clear", export: "Export", exportTitle: "Export: why?", tooLong: "At most 24 hours in one export",
    state: { idle: "Ready", loading: "Fetching…", paused: "Paused", playing: "Playing", ended: "Played to its end", nothing: "Nothing recorded after this", refused: "The grant has ended; say again why", trouble: "Cannot be played" },
    off: "Off", on: "Recording", obstacle: "Hindered: {cause}", toFootage: "Recordings", recording: "Record it", recordingHow: "Recordings lie on the platform's disks and stay as long as the unit's rules say", since: "Recorded since", until: "Recorded until", lost: "Pictures lost", drift: "Clock drift", ppm: "{value} ppm", asConfigured: "as configured", lastDays: "Last 30 days",
  },
  lookup: {
    title: "Look at recordings: why?", reason: "Reason", note: "Note", noteHint: "Such as: who asks, number of the paper, what is to be found out", lackReason: "Choose a reason", lackNote: "This reason needs a note", law: "By State Council Decree 799, article 16, who looks, why, at which unit and at what is entered into a register that nobody changes.",
    row: "Look-up no. {seq}", until: "Granted until {time}", who: "Who", onlyThem: "Only this person", kind: "How", what: "Unit and camera", why: "Why", noCamera: "channel of a device", toAlarm: "The alarm", digest: "Digest", firstDay: "First day", lastDay: "Last day", anyCamera: "Any camera", anyKind: "Any kind", sheet: "Save as CSV", sheetName: "lookups", sheetCut: "Only the newest {count} rows were saved; choose a shorter time",
    device: "Look at recordings of the device: why?",
  },
  recExport: {
    none: "No exports yet. Choose in and out on the time line and press Export.", cancel: "Cancel", until: "The files lie ready for some days (three by default); the row and the digests stay.", verifyTitle: "How to verify", command: "command",
    verifyHow: "Download the films, manifest.json and manifest.signature.json under their own names into one folder, and run there:", verifyTells: "Each file is compared with its SHA-256 and the list with its signature: one changed byte, and the file is named.",
  },
  alteration: {
    what: "What leaves the platform", original: "Original", copy: "Altered copy", originalHow: "The pictures as the camera sent them, bit for bit. For evidence.", copyHow: "Coded anew as H.264, and says of itself that it is altered. Takes longer: minutes for an hour of film, and more for large pictures.",
    watermark: "My name and the time all over the picture", hidePeople: "Hide people", hidePeopleHow: "Hides whatever does not belong to the empty room, and leaves the sound out. Somebody who does not move for more than half of the stretch is not hidden: draw an area there. Look at the copy before you hand it on.",
    draw: "Draw areas to be hidden from beginning to end", drop: "Remove area {number}", areas: "hidden areas: {count}", isCopy: "Altered copy:",
  },
  pin: {
    title: "Pin as evidence", set: "Pin", done: "Pinned", reason: "Evidence of", reasonHint: "Such as: fire in building 3", until: "Until", how: "What is pinned stays past its ceiling until the pin ends or is released; three years at most.", none: "Nothing is pinned", by: "Pinned by", state: "State", holds: "holds", over: "over", released: "released {time}", release: "Release", releaseAsk: "Release this stretch of “{camera}”? What is past its ceiling will be deleted.",
  },
  deletion: {
    title: "Delete recordings", set: "Delete", go: "Delete", done: "{count} files deleted; the certificate is under Storage → Deletion certificates", nothingWhole: "No file lies wholly within this stretch, so nothing was deleted. Choose a longer one.", whyHint: "Such as: installed where no camera may be", how: "Only files that lie wholly within the stretch go, each about a minute. Where something in it is pinned or has to be kept longer, nothing goes. It cannot be undone and leaves a certificate.",
    none: "Nothing was deleted", seq: "No.", what: "What", files: "{count} files", why: "Why", anyWhy: "Any reason", belowFloor: "before the law lets it", by: "By", decided: "Decided", removed: "Known to be gone", notYet: "not yet",
  },
  storage: {
    tab: { disks: "Disks", health: "Completeness", retention: "Retention", next: "Goes next", pins: "Pins", deletions: "Deletion certificates" },
    off: "Recording is switched off. Switch it on in the configuration and restart.", recording: "{count} cameras are being recorded", hindered: "{count} of them hindered", losses: "{count} stretches received and not kept", waiting: "{count} files wait for the database",
    healthHow: "Counted every night: a camera with fewer days than required raises V05 (recording missing). A day counts with 95 % of its minutes.", noHealth: "Not counted yet. The first count is in the night after recording began.", kept: "Days kept", keptOf: "{kept} of {required} required", lackDays: "{count} missing", floor: "Floor", daysN: "{days} d", lastDays: "Last {days} days", stripOf: "Days shown", strip: "Availability of the last {days} days",
    minutes: "kept {kept}, recorded {recorded}, expected {expected} minutes", warmth: { whole: "whole", present: "95 % and more", part: "half and more", little: "less than half", missing: "missing", gone: "deleted", none: "not asked for" },
    nextHow: "When the oldest recording of each camera may go and has to. Past the floor it may go for want of room; past the ceiling it has to, unless pinned.", noNext: "Nothing that could go", oldest: "Oldest recording", mayGo: "May go", goes: "Has to go", due: "due", in: "in {time}",
  },
  retention: {
    set: "Set retention", floor: "Floor", ceiling: "Ceiling", floorLaw: "Nothing may go before. 30 days for most units (State Council Decree 799 art. 17), 90 for designated key targets (Anti-terror Law art. 32).", ceilingLaw: "Everything has to go after (Decree 799 art. 17; Personal Information Protection Law art. 19: the shortest time necessary). Evidence is pinned.",
    class: "Class", basis: "Basis of the floor", note: "Note", changed: "Set at", none: "No unit has its own; 30 days for all.", floorDays: "Floor (days)", ceilingDays: "Ceiling (days)", basisNotOwn: "Which law holds is said by the regulator; a unit does not change its own.", means: "Kept for at least {floor} days, deleted after {ceiling}; basis: {basis}. Holds for what was recorded before too.",
  },
  disk: {
    add: "Add a disk", edit: "Change the disk", name: "Name", nameHint: "Such as: recordings 1", folder: "Folder", folderHow: "Absolute path on the server, on a disk of its own. The platform writes an identity there and knows when another disk is put in.", quota: "Quota", quotaGib: "Quota (GiB)", headRoom: "Head-room", headRoomGib: "Head-room (GiB)", quotaHow: "Recordings take the quota at most and always leave the head-room free; before it is full the oldest that may go are deleted.",
    free: "Free on the file system", left: "May still be written", segments: "Files", newest: "Newest", created: "Entered", used: "{used} of {quota} used", takeBack: "Take back", readOnly: "Read only", active: "Write again", retire: "Retire", saved: "Saved", readOnlyAsk: "Make “{name}” read only? New recordings go elsewhere; what lies there is played and deleted as before.", retireAsk: "Retire “{name}”? No recordings may lie there any more, and it does not come back.",
    noneYet: "There is no disk for recordings; nothing is kept. Add one.", noneTakes: "No disk takes recordings; recording has stopped. Do what is said below.",
  },
  bucket: {
    kind: "Object storage (S3)", endpoint: "Endpoint", bucket: "Bucket", prefix: "Prefix (may be empty)", region: "Region", pathStyle: "Bucket in the path (MinIO, Ceph)", key: "Access key", secret: "Secret key", secretStays: "empty: it stays", takes: "Takes", takesAfter: "{what}, after {hours} h", afterHours: "Moved after how many hours", mbit: "At most (Mbit/s, 0: no limit)", waiting: "Waits to be moved",
    how: "Recordings are always written to folders first; finished files are moved to the bucket once the copy is made sure of, and are played, exported and deleted as on a disk. Saving connects once and writes the identity of the disk. The secret is kept sealed and not shown again.",
  },
  diskTrouble: {
    bucket_unreachable: { name: "Bucket does not answer", what: "The service gives no answer. Recordings stay in the folders; nothing is lost.", do: "Look at address, network and certificate; it is tried again by itself, or take it back." },
    bucket_keys: { name: "Wrong keys", what: "The service does not accept this access key or its secret.", do: "Edit the disk and enter the right ones." },
    bucket_denied: { name: "Key may not", what: "The key may not read or write this bucket.", do: "Let it read, write, list and delete objects there, then take it back." },
    bucket_missing: { name: "No such bucket", what: "The service has no bucket of this name.", do: "Check name and region, or make the bucket at the service." },
    bucket_clock: { name: "Clocks differ", what: "The clocks of this machine and the service are too far apart; requests are refused.", do: "Set both clocks (NTP), then take it back." },
    bucket_elsewhere: { name: "Bucket is elsewhere", what: "The service says that the bucket is in another region or at another address.", do: "Compare region and endpoint with the reason below." },
    bucket_full: { name: "Service is full", what: "The service has no room, or the quota of the account is used up. Recordings stay in the folders.", do: "Make room at the service; it is tried again by itself." },
    bucket_answer: { name: "Service failed", what: "The answer of the service was wrong, or what it stored is not what was sent; recordings are still in the folders.", do: "Read the reason below and the log of the service, then take it back." },
    missing: { name: "Disk not found", what: "The folder has no identity of this disk: it is not mounted, or an empty one was put in.", do: "Check connection and mount, then take it back." },
    other_disk: { name: "Wrong disk", what: "Another disk of recordings is mounted here. Nothing was written and nothing deleted.", do: "Put the right one back and take it back; if it is a new disk, add it." },
    unreadable: { name: "Cannot be read", what: "The identity of the disk is damaged or cannot be read.", do: "Look at the disk's health (SMART) and the system log; mend and take it back, or replace it." },
    read_only: { name: "File system read only", what: "The file system became read only, as a rule after an error of the disk.", do: "Check disk and file system, mount it writable, and take it back." },
    sync_failed: { name: "Not written down", what: "The disk did not confirm that the data is safe. So that no evidence is lost, it is not used any more.", do: "Mostly a sign of a dying disk: check its health, replace it if need be, then take it back." },
    write_failed: { name: "Writing failed", what: "The disk refused to write and is not used any more.", do: "Check its health and the rights of the folder, then take it back." },
    recorder: { name: "Recorder failed", what: "The task that writes this disk has stopped.", do: "Take it back; if it happens again, restart the platform and hand over the log." },
    full: { name: "Disk full", what: "The quota is used up by recordings that may not go yet; new ones wait for room.", do: "Raise the quota or add a disk; “Goes next” says when the oldest may go." },
    unknown: { name: "Out of service", what: "The disk is not used any more.", do: "Read the reason below, mend it, and take it back." },
  },
};

export default en;
