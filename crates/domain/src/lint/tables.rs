//! Tables flattened into lines: a header, rows of a name and figures, and often a row 合计.
//!
//! Copied text keeps a table's cells apart by tabs or runs of spaces. A line counts as a row only if it is a short name and at least
//! two numbers; everything else stays prose.

use super::figure::{Figure, Role};
use super::list::{Item, List, Order, claims};
use super::phrase::Phrase;
use super::read::Reader;
use super::source::{Paragraph, is_cjk};
use super::words::UNITS;

/// Fewest rows that make a table.
const ROWS_MIN: usize = 3;
/// Fewest cells of a row: a name and two numbers.
const CELLS_MIN: usize = 3;
/// Most columns of a table copied one cell a line.
const COLUMNS_MAX: usize = 12;
/// Longest line of a name and one number, in characters.
const PAIR_MAX: usize = 30;
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

/// The cells of every line, empty for prose. Wide gaps and bars part cells; single spaces do so in a line that is a name and numbers
/// only, and in the heading right above the first such line.
pub(crate) fn layout(lines: &[&[char]]) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let wide = cells(line);
            let narrow = words(line);
            let row = narrow.len() >= CELLS_MIN && is_row(&narrow);
            if !is_row(&wide) && row { narrow } else { wide }
        })
        .collect();
    drop_ordinals(lines, &mut rows);
    let pairs = two_columns(lines, &mut rows);
    for index in 1..rows.len() {
        let width = rows[index].len();
        if is_row(&rows[index]) && !is_row(&rows[index - 1]) && rows[index - 1].len() != width {
            let heading = words(lines[index - 1]);
            if heading.len() == width {
                rows[index - 1] = heading;
            }
        }
    }
    let keeps = |index: usize| rows[index].len() >= CELLS_MIN || pairs[index];
    (0..rows.len()).map(|index| if keeps(index) { rows[index].clone() } else { Vec::new() }).collect()
}

/// 序号 县区 数量: the column of ordinals is no column of figures.
fn drop_ordinals(lines: &[&[char]], rows: &mut [Vec<String>]) {
    const HEADINGS: [&str; 6] = ["序号", "编号", "排名", "名次", "位次", "排序"];
    let mut width = 0;
    for index in 0..lines.len() {
        let cells = if rows[index].len() >= CELLS_MIN { rows[index].clone() } else { words(lines[index]) };
        let headed = cells.first().is_some_and(|cell| HEADINGS.contains(&cell.as_str()));
        let numbered = cells.len() == width
            && width > 0
            && cells[0].len() <= 3
            && cells[0].chars().all(|c| c.is_ascii_digit())
            && is_row(&cells[1..]);
        if headed && cells.len() > CELLS_MIN {
            width = cells.len();
            rows[index] = cells[1..].to_vec();
        } else if numbered {
            rows[index] = cells[1..].to_vec();
        } else if cells.len() + 1 != width || !is_row(&cells) {
            width = 0;
        }
    }
}

/// Rows of a table whose cells were copied one a line: for every line of such a row, or of the heading, the first line of it.
pub(crate) fn stacked(lines: &[&[char]]) -> Vec<Option<usize>> {
    let short: Vec<String> = lines
        .iter()
        .map(|line| if line.len() <= NAME_MAX { line.iter().collect() } else { String::new() })
        .collect();
    let numbers: Vec<bool> = short.iter().map(|text| is_number(text)).collect();
    let names: Vec<bool> = short.iter().map(|text| !text.is_empty() && is_named(text)).collect();
    let number = |index: usize| numbers.get(index) == Some(&true);
    let name = |index: usize| names.get(index) == Some(&true);
    let mut starts = vec![None; lines.len()];
    let mut index = 0;
    while index < lines.len() {
        let columns = (index + 1..lines.len()).take(COLUMNS_MAX).take_while(|i| number(*i)).count();
        let width = columns + 1;
        let is_row =
            |from: usize| name(from) && (from + 1..from + width).all(number) && !number(from + width);
        let rows = if columns < 2 {
            0
        } else {
            (0..lines.len()).take_while(|row| is_row(index + row * width)).count()
        };
        let headed = index >= width && (index - width..index).all(|i| !short[i].is_empty() && !number(i));
        if rows < ROWS_MIN || !headed {
            index += 1;
            continue;
        }
        for row in 0..=rows {
            let from = index - width + row * width;
            starts[from..from + width].fill(Some(from));
        }
        index += rows * width;
    }
    starts
}

/// Names with one number each under a heading of two words: marks the lines of every such table.
fn two_columns(lines: &[&[char]], rows: &mut [Vec<String>]) -> Vec<bool> {
    let mut marked = vec![false; lines.len()];
    let pair = |line: &[char]| {
        if line.len() > PAIR_MAX {
            return None;
        }
        let words = words(line);
        (words.len() == 2 && is_named(&words[0]) && is_number(&words[1])).then_some(words)
    };
    let mut index = 1;
    while index < lines.len() {
        let run = lines[index..].iter().take_while(|line| pair(line).is_some()).count();
        let heading = if run >= ROWS_MIN { words(lines[index - 1]) } else { Vec::new() };
        let headed = heading.len() == 2 && heading.iter().all(|word| word.chars().count() <= NAME_MAX);
        if run >= ROWS_MIN && headed {
            rows[index - 1] = heading;
            marked[index - 1..index + run].fill(true);
            for offset in index..index + run {
                rows[offset] = pair(lines[offset]).unwrap_or_default();
            }
        }
        index += run.max(1);
    }
    marked
}

/// The cells of a line: parted by `|` or by at least two spaces.
fn cells(chars: &[char]) -> Vec<String> {
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

/// The words of a line parted by any space.
fn words(chars: &[char]) -> Vec<String> {
    chars.split(|c| *c == ' ').filter(|word| !word.is_empty()).map(|word| word.iter().collect()).collect()
}

/// True for the cells of a row: a short name, then numbers only.
pub(crate) fn is_row(cells: &[String]) -> bool {
    cells.len() >= 2 && is_named(&cells[0]) && cells[1..].iter().all(|cell| is_number(cell))
}

fn is_named(cell: &str) -> bool {
    cell.chars().count() <= NAME_MAX && cell.chars().all(is_cjk)
}

fn is_number(cell: &str) -> bool {
    let digits = cell.trim_end_matches('%');
    let digits = UNITS.iter().find_map(|unit| digits.strip_suffix(unit)).unwrap_or(digits);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c))
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
            let above = index.checked_sub(2).map_or_else(String::new, |i| paragraphs[i].body_text());
            for column in 0..table.columns.len() {
                column_list(reader, &table, column, &above, figures, lists);
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
    let width = header.len().checked_sub(1).filter(|width| *width >= 1)?;
    let mut table = Table { columns: header[1..].to_vec(), rows: Vec::new(), total: None };
    for (paragraph, text) in paragraphs.iter().enumerate().take(to).skip(from) {
        let first = figures.partition_point(|f| f.paragraph < paragraph);
        let own: Vec<usize> =
            (first..figures.len()).take_while(|i| figures[*i].paragraph == paragraph).collect();
        if own.len() != width {
            return None;
        }
        let row = Row { name: text.cells[0].clone(), figures: own };
        if ["合计", "总计", "共计", "小计", "全省", "全市", "全县", "全区", "全州"]
            .contains(&row.name.as_str())
        {
            table.total = Some(row);
        } else {
            table.rows.push(row);
        }
    }
    (table.rows.len() >= 2).then_some(table)
}

/// The order that the sentence above a table declares for the column it names.
fn declared_order(above: &str, heading: &str) -> Order {
    let sentence = above.trim_end_matches(['。', '：']).rsplit(['。', '；']).next().unwrap_or_default();
    let heading = heading.split('（').next().unwrap_or(heading);
    if !heading.is_empty() && sentence.contains(&format!("按{heading}")) {
        claims::declared_order(sentence)
    } else {
        Order::Unsaid
    }
}

fn column_list(
    reader: &Reader,
    table: &Table,
    column: usize,
    above: &str,
    figures: &mut [Figure],
    lists: &mut Vec<List>,
) {
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
        order: declared_order(above, heading),
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
