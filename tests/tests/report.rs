//! Reports of duty from the command line: made, listed, printed from the seal, and refused with a word that helps.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use stories::run;

const DAY: &str = "2026-11-20";

#[test]
fn a_report_is_made_sealed_listed_and_printed_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").to_str().unwrap().to_owned();
    assert_eq!(run(&["demo", "--prepare-only", "--data", &data]).unwrap().code, Some(0));
    let report = |words: &[&str]| run(&[&["report"], words, &["--data", &data]].concat()).unwrap();

    let unknown = report(&["daily", "--organisation", "值守", "--day", DAY]);
    assert_ne!(unknown.code, Some(0));
    let known = unknown.err.split_once("; there are ").expect("it says who there is").1;
    let name = known.split_once(" (").unwrap().0;

    let made = report(&["daily", "--organisation", name, "--day", DAY]);
    assert_eq!(made.code, Some(0), "{made:?}");
    assert!(made.out.contains("值守日报"), "{made:?}");
    let later = report(&["daily", "--organisation", name, "--day", "2099-01-01"]);
    assert!(later.code != Some(0) && later.err.contains("not_over"), "{later:?}");
    let sheet = report(&["daily", "--organisation", name, "--day", DAY, "--format", "docx"]);
    assert!(sheet.code != Some(0) && sheet.err.contains("-o FILE"), "{sheet:?}");

    let listed: serde_json::Value = serde_json::from_str(&report(&["list", "--json"]).out).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 1, "what was refused made no report: {listed}");
    let id = listed[0]["id"].as_str().unwrap();
    assert_eq!(report(&["print", id]).out, made.out, "printed again from its seal");
    let file = folder.path().join("report.docx");
    let printed = report(&["print", id, "--format", "docx", "-o", file.to_str().unwrap()]);
    assert_eq!(printed.code, Some(0), "{printed:?}");
    assert!(std::fs::read(&file).unwrap().starts_with(b"PK"));

    let week = report(&["weekly", "--region", "360000", "--day", DAY]);
    assert!(week.code == Some(0) && week.out.contains("值守周报"), "{week:?}");
    let nowhere = report(&["weekly", "--region", "999999", "--day", DAY]);
    assert!(nowhere.code != Some(0) && nowhere.err.contains("999999"), "{nowhere:?}");
}
