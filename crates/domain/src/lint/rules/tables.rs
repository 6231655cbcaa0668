//! L1 and L4 for tables: columns add up to the row 合计, and the column of rates is one column divided by another.

use crate::lint::figure::Figure;
use crate::lint::model::Model;
use crate::lint::number::{percent_text, prints};
use crate::lint::report::{Finding, Severity};
use crate::lint::rule::Rule;
use crate::lint::scan::Kind;
use crate::lint::tables::Table;

/// Columns looked at for a pair that gives the rates.
const COLUMNS_MAX: usize = 12;

/// Checks every table.
pub(super) fn check(model: &Model) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in &model.tables {
        for column in 0..table.columns.len() {
            findings.extend(column_sum(model, table, column));
            findings.extend(column_rates(model, table, column));
        }
    }
    findings
}

fn whole(figure: &Figure) -> Option<u64> {
    match figure.number.kind {
        Kind::Count { low, high } if low == high => Some(low),
        Kind::Bare(value) if value.decimals == 0 => u64::try_from(value.micro / 1_000_000).ok(),
        _ => None,
    }
}

fn column_sum(model: &Model, table: &Table, column: usize) -> Option<Finding> {
    let total = table.total.as_ref()?.figures[column];
    let printed = whole(&model.figures[total])?;
    let parts: Vec<usize> = table.rows.iter().map(|row| row.figures[column]).collect();
    let counts: Vec<u64> = parts.iter().map(|part| whole(&model.figures[*part])).collect::<Option<_>>()?;
    let sum: u64 = counts.iter().sum();
    if sum == printed {
        return None;
    }
    let terms: Vec<String> = counts.iter().map(u64::to_string).collect();
    let finding = model.finding(Rule::L1, Severity::Error, "column-sum", total, &parts);
    Some(finding.says(
        format!("{} = {sum}；与合计{printed}相差{}", terms.join("+"), sum.abs_diff(printed)),
        format!("表中“{}”一栏各行之和为{sum}，合计写的是{printed}", table.columns[column]),
        format!("the rows of the column add to {sum}, the total says {printed}"),
        "核对各行和合计",
    ))
}

/// Rates that two other columns give in most rows, and not in this one.
fn column_rates(model: &Model, table: &Table, column: usize) -> Vec<Finding> {
    let rows = || table.rows.iter().chain(&table.total);
    let fits = |row: &crate::lint::tables::Row, part: usize, base: usize| {
        let (a, n) = (whole(&model.figures[row.figures[part]])?, whole(&model.figures[row.figures[base]])?);
        Some(prints(a, n, model.figures[row.figures[column]].percent()?))
    };
    if !table.rows.iter().all(|row| model.figures[row.figures[column]].number.printed.ends_with('%')) {
        return Vec::new();
    }
    let width = table.columns.len().min(COLUMNS_MAX);
    let pairs = (0..width)
        .flat_map(|part| (0..width).map(move |base| (part, base)))
        .filter(|(part, base)| part != base);
    let best =
        pairs.max_by_key(|(part, base)| rows().filter(|row| fits(row, *part, *base) == Some(true)).count());
    let Some((part, base)) = best else { return Vec::new() };
    let right = rows().filter(|row| fits(row, part, base) == Some(true)).count();
    if right < 3 || right * 10 < rows().count() * 6 {
        return Vec::new();
    }
    let wrong = rows().filter(|row| fits(row, part, base) == Some(false));
    wrong
        .filter_map(|row| {
            let (a, n) =
                (whole(&model.figures[row.figures[part]])?, whole(&model.figures[row.figures[base]])?);
            let percent = model.figures[row.figures[column]].percent()?;
            let exact = percent_text(a, n, percent.decimals.max(1));
            let finding = model.finding(
                Rule::L4,
                Severity::Error,
                "row-rate",
                row.figures[column],
                &[row.figures[part], row.figures[base]],
            );
            Some(finding.says(
                format!("{a} ÷ {n} = {exact} ≠ {percent}%"),
                format!("“{}”一行：{a}占{n}应为{exact}，写的是{percent}%", row.name),
                format!("row {}: {a} of {n} is {exact}, printed {percent}%", row.name),
                "核对该行的数量和比率",
            ))
        })
        .collect()
}
