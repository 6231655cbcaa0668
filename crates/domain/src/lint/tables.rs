//! Tables flattened into lines: a header, rows of a name and figures, and often a row 合计.
//!
//! Copied text keeps a table's cells apart by tabs or runs of spaces. A line counts as a row only if it is a short name and at least
//! two numbers; everything else stays prose.

use super::figure::{Figure, Role};
use super::list::{Item, List, Order};
use super::phrase::Phrase;
use super::read::Reader;
use super::source::{Paragraph, is_cjk};

/// Fewest rows that make a table.
const ROWS_MIN: usize = 3;
/// Longest name of a row, in characters.
const NAME_MAX: usize = 14;

/// One row: its name and a figure a column.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// First cell.
    pub name: String,
    /// Figures in the order of the columns.
    pub figures: Vec<usize>,
}

/// A table of figures.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Headings of the columns with figures.
    pub columns: Vec<String>,
    /// Rows without the total.
    pub rows: Vec<Row>,
    /// 合计.
    pub total: Option<Row>,
}

/// The cells of a line: parted by `|` or by at least two spaces.
pub(crate) fn cells(chars: &[char]) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut spaces = 0;
    for &c in chars {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        let bar = c == '|' || c == '│';
        if (spaces >= 2 || bar) && cells.last().is_some_and(|cell| !cell.is_empty()) {
            cells.push(String::new());
        }
        spaces = 0;
        if let (false, Some(cell)) = (bar, cells.last_mut()) {
            cell.push(c);
        }
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

/// True for the cells of a row: a short name, then numbers only.
pub(crate) fn is_row(cells: &[String]) -> bool {
    let number = |cell: &String| {
        let digits = cell.trim_end_matches('%');
        !digits.is_empty()
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
    };
    let named = |cell: &String| cell.chars().count() <= NAME_MAX && cell.chars().all(is_cjk);
    cells.len() >= 3 && named(&cells[0]) && cells[1..].iter().all(number)
}

/// Collects the tables of a text and adds a list a column.
pub(crate) fn find(
    reader: &Reader,
    paragraphs: &[Paragraph],
    figures: &mut [Figure],
    lists: &mut Vec<List>,
) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut index = 0;
    while index < paragraphs.len() {
        let rows = paragraphs[index..].iter().take_while(|p| is_row(&p.cells)).count();
        if rows < ROWS_MIN {
            index += rows.max(1);
            continue;
        }
        let header = index.checked_sub(1).map_or(&[][..], |i| &paragraphs[i].cells);
        if let Some(table) = read(paragraphs, (index, index + rows), header, figures) {
            for column in 0..table.columns.len() {
                column_list(reader, &table, column, figures, lists);
            }
            tables.push(table);
        }
        index += rows;
    }
    tables
}

fn read(
    paragraphs: &[Paragraph],
    (from, to): (usize, usize),
    header: &[String],
    figures: &[Figure],
) -> Option<Table> {
    let width = header.len().checked_sub(1).filter(|width| *width >= 2)?;
    let mut table = Table { columns: header[1..].to_vec(), rows: Vec::new(), total: None };
    for (paragraph, text) in paragraphs.iter().enumerate().take(to).skip(from) {
        let first = figures.partition_point(|f| f.paragraph < paragraph);
        let own: Vec<usize> =
            (first..figures.len()).take_while(|i| figures[*i].paragraph == paragraph).collect();
        if own.len() != width {
            return None;
        }
        let row = Row { name: text.cells[0].clone(), figures: own };
        if ["合计", "总计", "全省", "全市", "全县", "全区", "全州"].contains(&row.name.as_str())
        {
            table.total = Some(row);
        } else {
            table.rows.push(row);
        }
    }
    (table.rows.len() >= 2).then_some(table)
}

fn column_list(reader: &Reader, table: &Table, column: usize, figures: &mut [Figure], lists: &mut Vec<List>) {
    let heading = &table.columns[column];
    let phrase = Phrase::read(heading, reader.lexicon, reader.regions);
    let measure = phrase.rate.map_or_else(|| phrase.measure().to_vec(), |rate| vec![rate]);
    let items: Vec<Item> = table
        .rows
        .iter()
        .map(|row| Item {
            region: reader.regions.exactly(&row.name),
            name: row.name.clone(),
            figure: row.figures[column],
        })
        .collect();
    let total = table.total.as_ref().map(|row| row.figures[column]);
    for (item, figure) in
        items.iter().map(|item| (item.region, item.figure)).chain(total.map(|figure| (None, figure)))
    {
        let figure = &mut figures[figure];
        figure.list = Some(lists.len());
        figure.region = item;
        figure.role = Role::Plain;
        figure.measure.clone_from(&measure);
    }
    let first = items[0].figure;
    lists.push(List {
        head: None,
        intro: heading.clone(),
        partial: false,
        order: Order::Unsaid,
        percent: items.iter().all(|item| figures[item.figure].number.printed.ends_with('%')),
        share: heading.contains('占'),
        of_category: false,
        rows: true,
        measure,
        subject: String::new(),
        negated: phrase.negated,
        due: phrase.due,
        paragraph: figures[first].paragraph,
        items,
    });
}
