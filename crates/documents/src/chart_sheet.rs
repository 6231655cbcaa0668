//! The small workbook behind a chart of a DOCX: labels in the first column, one series a column.

use rust_xlsxwriter::Format;

use crate::letter::ChartPage;
use crate::write::{WriteError, workbook};

/// Writes it.
pub fn chart_sheet(chart: &ChartPage<'_>) -> Result<Vec<u8>, WriteError> {
    let mut book = workbook()?;
    let percent = Format::new().set_num_format(&chart.number_format);
    let sheet = book.add_worksheet();
    sheet.set_name("Sheet1")?;
    for (index, label) in chart.labels.iter().enumerate() {
        sheet.write_string(index as u32 + 1, 0, label)?;
    }
    for (index, series) in chart.series.iter().enumerate() {
        let column = index as u16 + 1;
        sheet.write_string(0, column, series.name)?;
        for (at, value) in series.values.iter().enumerate().take(chart.labels.len()) {
            if let Some(value) = value {
                sheet.write_number_with_format(at as u32 + 1, column, *value, &percent)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}
