import type zh from "./zhSurvey";

const en: typeof zh = {
  survey: {
    what: "Take stock of the cameras a school already has: which can be entered now, which need something done first, and which cannot be used.",
    run: "Run the scan on a computer inside the school's network (with the school's own range):",
    command: { plain: "without account", login: "ONVIF account" },
    rules: "Scan only networks you are responsible for, and tell whoever runs them. At most {count} addresses at a time; no password is guessed. Addresses of streams are told only with an account.",
    give: "Drop the site.jsonl that comes out on this page, or choose it.",
    choose: "Choose file", another: "Another file", drop: "or drop it here", stays: "The file is read in this browser and not uploaded.",
    trouble: { too_large: "The file is larger than 4 MB: no result of a scan.", too_many_lines: "More than {count} lines. A scan takes {count} addresses at most; survey one school after the other.", nothing: "The file is empty: no device was found, or the scan did not finish.", unreadable: "The file cannot be read; choose it again." },
    badLines: "Lines that could not be read: {count}. The others are not affected.", badMore: "and {count} more",
    bad: { too_long: "Line {line}: longer than 64 KB", not_json: "Line {line}: no result of a scan (scan with --json)", field: "Line {line}: field {field} is wrong" },
    found: "Devices found", verdicts: "Filter by verdict", verdict: { yes: "Can be entered", perhaps: "After some work", no: "Cannot be used" },
    makers: "Makers", unknownMaker: "unknown maker", otherMakers: "other makers", guessed: "Guessed from what the device says about its software",
    unit: "Unit", unitHow: "Choose the unit to see which devices are entered already.", search: "Address, maker, model or reason",
    address: "Address", device: "Maker / model", protocols: "Protocols / ports", streams: "Streams", skew: "Clock", todo: "Verdict and what to do",
    noUrl: "no usable address", moreStreams: "{count} more streams", fast: "{span} ahead", slow: "{span} behind", skewHow: "Against the clock of the computer that scanned; the time in the pictures is off by as much. Set NTP on the device.",
    withPassword: "Enter its user name and password, too.",
    add: "Add camera", entered: "Entered", enteredSome: "{count} entered.", recorder: "Looks like a recorder: add one camera after the other, with its sub-stream by hand.", registers: "It registers itself here.", toDevices: "Enter it under Devices",
  },
  surveyAdvice: {
    needs_password: "Find the password, or add an ONVIF user on the device's own page, and scan with it.",
    wrong_password: "Check it, then scan once more.",
    clock_or_password: "Then scan again with the account.",
    rtsp_without_path: "Or switch ONVIF on in the device and scan again. With the path, add it under Cameras.",
    unsupported_codec: "Then scan again.",
    no_stream: "If it is a recorder, scan the addresses of the cameras behind it.",
  },
};

export default en;
