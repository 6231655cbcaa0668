//! Rows as spreadsheets really hold them, and what is said about each that cannot be accepted.

use super::*;
use crate::register::regions::jiangxi_regions;

const HEADERS: [&str; 10] = [
    "单位名称",
    "类别",
    "设区市",
    "县(市、区)",
    "办学性质",
    "办学层次",
    "是否寄宿",
    "学校代码",
    "接入状态",
    "值班状态",
];

fn read(headers: &[&str], rows: &[&[&str]]) -> Imported {
    let headers: Vec<_> = headers.iter().map(|header| (*header).to_owned()).collect();
    let row = |(index, cells): (usize, &&[&str])| Row {
        number: index as u32 + 2,
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    };
    let rows: Vec<_> = rows.iter().enumerate().map(row).collect();
    read_rows(1, &headers, &rows, &jiangxi_regions())
}

fn errors(imported: &Imported) -> Vec<(u32, &str, &'static str)> {
    imported.errors.iter().map(|error| (error.row, error.column.as_str(), error.reason.code())).collect()
}

#[test]
fn good_rows_in_both_languages_become_units() {
    let imported = read(
        &HEADERS,
        &[
            &[
                "黎川县第一幼儿园",
                "幼儿园",
                "抚州",
                "黎川",
                "民办",
                "",
                "否",
                "3636000123",
                "已接入",
                "值守有效",
            ],
            &[
                "江西某大学",
                "高校",
                "省本级",
                "",
                "公办",
                "本科",
                "",
                "",
                "building",
                "Claimed, not accepted",
            ],
            &["", "", "", ""],
            &["新区小学", "寄宿制中小学校", "赣江新区"],
            &["万载县一小", "寄宿制学校", "", "万载县", "公办"],
        ],
    );
    assert_eq!(imported.errors, []);
    let [kindergarten, university, district, county_only] = &imported.units[..] else { panic!("four units") };
    assert_eq!(kindergarten.connection, Some(Connection::Connected));
    assert_eq!(kindergarten.duty, Some(Duty::Valid));
    assert_eq!(kindergarten.school_code.as_deref(), Some("3636000123"));
    assert_eq!((university.connection, university.duty), (Some(Connection::Building), Some(Duty::Claimed)));
    assert_eq!(district.row, 5, "the empty row is skipped but counted");
    let regions = jiangxi_regions();
    let name = |id| regions.iter().find(|region| region.id == id).map(|region| region.name.as_str());
    assert_eq!(name(kindergarten.region_id), Some("黎川县"));
    assert_eq!(name(university.region_id), Some("江西省"));
    assert_eq!(name(district.region_id), Some("赣江新区"));
    assert_eq!(name(county_only.region_id), Some("万载县"));
}

#[test]
fn every_bad_cell_is_listed_with_row_column_and_reason() {
    let long = "长".repeat(201);
    let imported = read(
        &HEADERS,
        &[
            &["", "小卖部", "北京市", "", "集体", "", "也许", "36360001", "通了", "有"],
            &[&long, "幼儿园", "抚州市", "万载县"],
            &["两行\n名称", "幼儿园", "抚州市", ""],
            &["某大学", "高校", "南昌", ""],
            &["某园", "幼儿园", "南昌", "东湖区", "", "本科"],
            &["某校", "寄宿制中小学校", "南昌", "东湖区", "", "", "否"],
            &["无地", "幼儿园"],
            &["多列", "幼儿园", "南昌", "东湖区", "", "", "", "", "", "", "多出"],
        ],
    );
    assert!(imported.units.is_empty());
    assert_eq!(
        errors(&imported),
        [
            (2, "单位名称", "required"),
            (2, "类别", "unknown_category"),
            (2, "设区市", "unknown_city"),
            (2, "办学性质", "unknown_word"),
            (2, "是否寄宿", "unknown_word"),
            (2, "学校代码", "bad_school_code"),
            (2, "接入状态", "unknown_word"),
            (2, "值班状态", "unknown_word"),
            (3, "单位名称", "too_long"),
            (3, "县(市、区)", "unknown_county"),
            (4, "单位名称", "bad_character"),
            (4, "县(市、区)", "county_required"),
            (5, "办学性质", "required"),
            (5, "办学层次", "required"),
            (6, "办学层次", "universities_only"),
            (7, "是否寄宿", "not_boarding"),
            (8, "设区市", "required"),
            (9, "", "cell_without_header"),
        ]
    );
    let word = &imported.errors[3];
    assert_eq!(word.message_zh, "只能填写：公办、民办");
    assert_eq!(word.value, "集体");
    assert_eq!(imported.errors[8].value.chars().count(), 61, "long values are shortened");
}

#[test]
fn a_second_row_of_the_same_unit_is_an_error_that_names_the_first() {
    let imported = read(
        &["name", "category", "city", "county", "school_code"],
        &[
            &["东湖一幼", "kindergarten", "南昌市", "东湖区", "3636000123"],
            &["东湖一幼", "kindergarten", "360100", "360102", "３６３６０００１２３"],
            &["东湖一幼", "kindergarten", "南昌市", "西湖区"],
        ],
    );
    assert_eq!(errors(&imported), [(3, "school_code", "duplicate_code"), (3, "name", "duplicate_name")]);
    assert_eq!(imported.errors[0].reason, Reason::DuplicateCode { first_row: 2 });
    assert_eq!(imported.units.len(), 2);
}

#[test]
fn a_header_that_does_not_do_is_told_before_any_row() {
    let imported = read(&["类别", "类别", "备注"], &[&["幼儿园", "", "x"]]);
    assert_eq!(
        errors(&imported),
        [(1, "类别", "duplicate_column"), (1, "单位名称", "missing_column"), (1, "设区市", "missing_column")]
    );
    assert_eq!(imported.ignored_columns, ["备注"]);
}

#[test]
fn too_many_rows_and_too_many_errors_are_cut_off() {
    let headers: Vec<_> = HEADERS.iter().map(|header| (*header).to_owned()).collect();
    let regions = jiangxi_regions();
    let row = |number: usize| Row { number: number as u32 + 2, cells: vec!["只有名称".to_owned()] };
    let rows: Vec<_> = (0..=ROWS_MAX).map(row).collect();
    let imported = read_rows(1, &headers, &rows, &regions);
    assert_eq!(errors(&imported), [(ROWS_MAX as u32 + 2, "", "too_many_rows")]);
    let imported = read_rows(1, &headers, &rows[..4_000], &regions);
    assert_eq!(imported.errors.len(), ERRORS_MAX);
    assert_eq!(imported.errors_not_listed, 4_000 * 2 - ERRORS_MAX);
}

#[test]
fn attributes_that_are_not_given_stay_as_they_are() {
    let imported = read(&["单位名称", "类别", "县（市、区）"], &[&["东湖一幼", "幼儿园", "东湖区"]]);
    let wanted = imported.units[0].clone();
    let id = UnitId(uuid::Uuid::from_u128(1));
    let new = wanted.clone().into_unit(id, None);
    assert_eq!((new.connection, new.duty), (Connection::NotStarted, Duty::None));
    let stored = Unit { connection: Connection::Connected, school_code: Some("3636000123".into()), ..new };
    let after = wanted.into_unit(id, Some(&stored));
    assert_eq!(after, stored);
}
