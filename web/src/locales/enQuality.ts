import type zh from "./zhQuality";

const en: typeof zh = {
  quality: {
    how: "What people said of the alarms of the watch in the last 30 days. Drills, tests and alarms nobody has verified yet do not count. Every number opens the alarms behind it.",
    byRule: "By rule", byCamera: "By rule and camera", span: "{from} to {until}", serving: "model in use", cut: "The {shown} noisiest of {total}",
    rule: "Rule / model version", noModel: "no model (compared pictures)", camera: "Camera", answered: "Answered", real: "Real", false: "False", reasons: "False because", precision: "Precision (95 %)", aDay: "False a day", worstDay: "Worst day", noisy: "noisy", none: "No alarm of the watch was answered in the last 30 days",
    suggestion: "Threshold", suggested: "{threshold} would drop {dropped}", suggestionHow: "Threshold: the lowest score that keeps every real alarm and drops false ones; none with fewer than 5 real ones, or where the two cannot be told apart. A suggestion only: the platform changes no threshold by itself.",
    answer: "Answer", score: "Score",
  },
  quarantine: {
    title: "Quarantine", showAll: "ended ones too", none: "No rule is proposed for quarantine or quiet", grounds: "Grounds", figures: "{answered} answered, {real} real, {worst} false on the worst day", state: "State", until: "until {time}", decided: "Decided by, and why",
    how: "A rule at a camera with more than 5 false alarms on one day, or with 10 answers and a precision surely below 20 %, is proposed by the platform; a regulator approves. Quiet rules still see, keep pictures and are listed, at level 4, and call nobody; they end by themselves. Level 1 (smoke, flame): 7 days at most; others 30.",
    approve: "Approve", decline: "Decline", lift: "Lift", why: "Reason", whyHint: "e.g. steam of the kitchen; an extractor is put in by Friday", end: "Quiet until the end of", approveHow: "{days} days at most. Have the cause removed meanwhile: alarms of this rule at this camera call nobody.", done: "Noted",
  },
};
export default en;
