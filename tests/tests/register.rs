//! The register from the command line: filled, read into a bulletin, and not harmed by a broken sheet.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use stories::{Ended, run};

fn prepared() -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").to_str().unwrap().to_owned();
    let ended = run(&["demo", "--prepare-only", "--data", &data]).unwrap();
    assert_eq!(ended.code, Some(0), "{ended:?}");
    (folder, data)
}

fn bulletin(data: &str) -> Ended {
    let taken = run(&["snapshot", "take", "--data", data]).unwrap();
    assert_eq!(taken.code, Some(0), "{taken:?}");
    run(&["bulletin", "new", "--snapshot", "latest", "--format", "text", "--data", data]).unwrap()
}

/// A bulletin without the line that names its minute.
fn without_moment(text: &str) -> String {
    text.lines().filter(|line| !line.contains("统计时点为20")).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_bulletin_prints_the_paragraphs_of_the_notice() {
    let (_folder, data) = prepared();
    let ended = bulletin(&data);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    // Figures of the published notice, which the synthetic counts were solved to reproduce.
    for sentence in [
        "一、建设进度情况",
        "全省高校接入52所，接入率为47.3%",
        "全省中等职业学校接入82所，接入率为50%",
        "全省寄宿制中小学校接入1945所，接入率为55.6%",
        "新余市92.2%、南昌市76.3%、鹰潭市67.9%、赣州市67%",
    ] {
        assert!(ended.out.contains(sentence), "`{sentence}` is not in\n{}", ended.out);
    }
}

#[test]
fn a_broken_sheet_imports_nothing_and_lists_every_bad_row() {
    let (folder, data) = prepared();
    let before = without_moment(&bulletin(&data).out);
    let sheet = folder.path().join("units.csv");
    let text = "单位名称,类别,设区市,县（市、区）\n好学校,幼儿园,南昌市,南昌县\n,幼儿园,南昌市,南昌县\n第三学校,魔法学校,南昌市,南昌县\n第四学校,幼儿园,南昌市,不存在县\n";
    std::fs::write(&sheet, text).unwrap();
    let ended = run(&["import", "units", sheet.to_str().unwrap(), "--data", &data]).unwrap();
    assert_eq!(ended.code, Some(1), "{ended:?}");
    for bad_row in ["row 3", "row 4", "row 5"] {
        assert!(ended.err.contains(bad_row), "{bad_row} is not named: {}", ended.err);
    }
    assert!(!ended.err.contains("row 2,"), "the good row is not blamed: {}", ended.err);
    let after = without_moment(&bulletin(&data).out);
    assert_eq!(after, before, "nothing of the sheet is in the register");
}

#[test]
fn the_weeks_before_are_there_to_compare_and_a_past_moment_gives_the_same_hash_again() {
    let (folder, data) = prepared();
    let list = || {
        let ended = run(&["snapshot", "list", "--json", "--data", &data]).unwrap();
        assert_eq!(ended.code, Some(0), "{ended:?}");
        serde_json::from_str::<Vec<serde_json::Value>>(&ended.out).unwrap()
    };
    let before = list();
    assert_eq!(before.len(), 4, "one for each step of the demonstration");
    assert!(before.iter().all(|one| one["register_version"] == 1 && one["synthetic"] == true));
    let (first, last) = (before[3]["id"].as_str().unwrap(), before[0]["id"].as_str().unwrap());
    let compared = run(&["snapshot", "compare", first, last, "--json", "--data", &data]).unwrap();
    let compared: serde_json::Value = serde_json::from_str(&compared.out).unwrap();
    assert_eq!((&compared["added"], &compared["removed"]), (&0.into(), &0.into()));
    assert!(compared["changed"].as_u64().unwrap() > 100, "{}", compared["changed"]);
    // A sheet imported today changes nothing that was shown: its new school waits for approval, its known one is renamed from now on.
    let sheet = folder.path().join("units.csv");
    std::fs::write(&sheet, "单位名称,类别,设区市,县（市、区）\n新来的学校,幼儿园,南昌市,南昌县\n").unwrap();
    let imported = run(&["import", "units", sheet.to_str().unwrap(), "--data", &data]).unwrap();
    assert_eq!(imported.code, Some(0), "{imported:?}");
    assert!(imported.out.contains("1 units are proposed"), "{imported:?}");
    let as_of = before[1]["as_of"].as_str().unwrap();
    let again = run(&["snapshot", "take", "--as-of", as_of, "--data", &data]).unwrap();
    assert!(again.out.contains(before[1]["hash"].as_str().unwrap()), "{again:?}");
    let now = run(&["snapshot", "take", "--data", &data]).unwrap();
    assert!(now.out.contains("18847 units"), "the new school does not count yet: {now:?}");
}
