// The words of single rooms of the console, each fetched with the first page that speaks them; what every page needs is in `zh` and `en`.
export const SECTIONS = {
  bulletins: { zh: () => import("./zhBulletins"), en: () => import("./enBulletins") },
  contacts: { zh: () => import("./zhContacts"), en: () => import("./enContacts") },
  devices: { zh: () => import("./zhDevices"), en: () => import("./enDevices") },
  drills: { zh: () => import("./zhDrills"), en: () => import("./enDrills") },
  duty: { zh: () => import("./zhDuty"), en: () => import("./enDuty") },
  facilities: { zh: () => import("./zhFacilities"), en: () => import("./enFacilities") },
  figures: { zh: () => import("./zhFigures"), en: () => import("./enFigures") },
  ladder: { zh: () => import("./zhLadder"), en: () => import("./enLadder") },
  ledger: { zh: () => import("./zhLedger"), en: () => import("./enLedger") },
  notices: { zh: () => import("./zhNotices"), en: () => import("./enNotices") },
  orders: { zh: () => import("./zhOrders"), en: () => import("./enOrders") },
  organisationFiles: { zh: () => import("./zhOrganisationFiles"), en: () => import("./enOrganisationFiles") },
  organisations: { zh: () => import("./zhOrganisations"), en: () => import("./enOrganisations") },
  quality: { zh: () => import("./zhQuality"), en: () => import("./enQuality") },
  quiet: { zh: () => import("./zhQuiet"), en: () => import("./enQuiet") },
  recordings: { zh: () => import("./zhRecordings"), en: () => import("./enRecordings") },
  rollCalls: { zh: () => import("./zhRollCalls"), en: () => import("./enRollCalls") },
  survey: { zh: () => import("./zhSurvey"), en: () => import("./enSurvey") },
  uppers: { zh: () => import("./zhUppers"), en: () => import("./enUppers") },
  zones: { zh: () => import("./zhZones"), en: () => import("./enZones") },
};

export type Section = keyof typeof SECTIONS;
