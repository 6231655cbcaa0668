import type zh from "./zhUppers";

const en: typeof zh = {
  upper: {
    what: "This platform registers at those above it (GB/T 28181 cascade). They see the catalogue of what they are shown and call its pictures; video stays here until somebody looks.", off: "Access by GB/T 28181 is switched off, so nothing is registered above. Give the platform an id in [access] of the configuration and restart.",
    none: "No upper platform yet", add: "Add upper platform", name: "Name", nameHint: "e.g. platform of the city's education office", state: "State", serverId: "Its 20 digits", address: "Signalling address", shown: "Is shown", shares: "May", priority: "PTZ priority", items: "Items",
    oneUnit: "one unit", wholeRegion: "region with all below", chooseRegion: "Choose a region",
    partServer: "The upper platform", partOwn: "Who we are there", partShown: "What is shared",
    transport: "Signalling over", transportHow: "Choose TCP behind a translator of addresses (NAT), and above some hundred cameras.", ownId: "Our 20 digits there", ownIdHint: "empty: {id}", asOwnId: "our 20 digits",
    secret: "Password", secretHint: "As it was given to you; empty if it asks for none", secretKept: "set, cannot be read; empty: stays", secretNone: "It asks for none: forget the one kept", secretMissing: "not set",
    shownOwn: "You can show your own unit.", shownHow: "Cameras that are switched off, and places where no camera may stand, are never shown.",
    share: { live: "live", playback: "recordings", ptz: "PTZ", alarms: "alarms" }, shareNone: "catalogue only",
    shareLong: { live: "See live pictures", playback: "Search and play recordings", ptz: "Turn cameras (PTZ)", alarms: "Be told of alarms" },
    priorityHow: "1 to 255. Among upper platforms the lower number wins; your own people always do.",
    advanced: "Advanced: domain, user name, signs of life", domain: "SIP domain", domainHow: "Empty: the first ten of its digits.", userName: "User name", userNameHow: "Empty: our 20 digits there.", keepalive: "Sign of life every (s)", expires: "Registration valid for (s)",
    tab: { facts: "Overview", catalogue: "Catalogue preview", settings: "Settings" },
    subscribed: "Subscribed to the catalogue", alarmsTold: "Alarms told", refusedOrders: "Orders refused", sessions: "Looking now", noSessions: "It looks at nothing at the moment.", sessionKind: "What", frames: "Frames sent", sent: "Data sent",
    status: "status {status}", again: "It is tried again by itself, at least every minute, and at once when settings are saved.",
    counts: "What it is shown", count: { regions: "Regions", units: "Units (virtual organisations)", cameras: "Cameras", cameras_on: "Of these with pictures" },
    forbidden: "{count} more cameras stand where no camera may be and are not shown.", beyond: "{count} more cameras are beyond what one platform is shown. Show it less.",
    catalogueHow: "This is the catalogue as it is sent, parents before children.", emptyCatalogue: "Nothing to show: no camera is switched on in what it is shown.",
    itemName: "Name", itemKind: "Kind", itemId: "Id", itemParent: "Parent", itemRegion: "Civil code", itemStatus: "Status",
    kind: { system: "system", region: "region", group: "business group", unit: "organisation", camera: "camera", other: "other" },
    saved: "Saved", saveHow: "Saving registers anew; pictures being looked at are cut.",
    ending: "Switch off and remove", endingHow: "Switched off, we sign off there and it sees nothing any more; settings and the digits given stay.", disable: "Switch off", enable: "Switch on", remove: "Remove",
    disableAsk: "Switch off “{name}”? Pictures that it looks at are cut at once.", removeAsk: "Remove upper platform “{name}”? We sign off there and it sees nothing any more.",
  },
  upperHint: { connecting: "Its address is being looked up, or the registration is being answered.", disabled: "Switched off: we do not register, and it sees nothing.", off: "Access by GB/T 28181 is switched off; we are not registered there." },
  upperAdvice: {
    wrong_secret: "Compare its digits, our digits, user name and password with the people above, and ask whether they have entered us.",
    unknown_id: "It does not know our digits. Have them entered there, or enter the digits they gave you in the settings.",
    refused_otherwise: "Tell its people the status; they can find out why.",
    silent: "Check address, port and UDP or TCP; see that firewalls on the way let the port through and that it is running.",
    no_way: "Check host, address and port, then routes and firewalls; with TCP the upper platform has to accept TCP signalling.",
  },
  upperSession: { live: "live", playback: "playback", download: "download" },
  upperStatus: { ON: "on", OFF: "off" },
};

export default en;
