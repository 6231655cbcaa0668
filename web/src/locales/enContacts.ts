import type zh from "./zhContacts";

const en: typeof zh = {
  contacts: {
    mail: "Mail", mailHow: "Where an alarm climbs to your level, the platform writes to this address. It serves that alone; an alarm's card shows your name. Empty: no mail.", mailOff: "No mail server is configured yet; an address takes effect once one is.", mailSaved: "Saved.", mailGone: "Taken away; no mail is sent.",
    browsers: "Push in the browser", pushHow: "Alarms are shown on this device even while the console is shut. They pass through the servers of the browser's maker, encrypted. Services of some browsers, Chrome's among them, may not be reachable from networks in mainland China: use the test. Push does not replace watching. Logging out ends it on this device.",
    pushOff: "Push is not switched on at this platform.", startHere: "Receive push here", stopHere: "Stop push here", here: "this device", since: "since {time}", lastTold: "last taken {time}", neverTold: "none taken yet", test: "Send a test", taken: "taken", notTaken: "not taken", stop: "Stop", noBrowsers: "No browser receives push yet.",
    refused: "The browser did not allow notifications. Allow them in its settings for this site and try again.",
    ability: { insecure: "Push needs the platform to be opened by https.", unable: "This browser knows no push. On iPhone and iPad, add the platform to the home screen first.", denied: "The browser forbids notifications of this site. Allow them in its settings for this site and try again." },
  },
};
export default en;
