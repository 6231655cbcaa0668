//! Number formats of spreadsheet cells that follow a bulletin's precision. A spreadsheet cannot drop trailing zeros without leaving a bare
//! decimal point, so its cells always show as many decimals as the text may print.

use domain::figures::PercentFormat;

/// `0.0%` for one decimal.
pub fn percent_format(percent: PercentFormat) -> String {
    format!("{}%", digits(percent))
}

/// Percentage points with their sign: `+0.0;-0.0;0.0`.
pub fn points_format(percent: PercentFormat) -> String {
    let digits = digits(percent);
    format!("+{digits};-{digits};{digits}")
}

fn digits(percent: PercentFormat) -> String {
    match usize::from(percent.decimals) {
        0 => "0".to_owned(),
        decimals => format!("0.{}", "0".repeat(decimals)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_the_decimals_of_the_text() {
        for (decimals, percent, points) in
            [(0, "0%", "+0;-0;0"), (1, "0.0%", "+0.0;-0.0;0.0"), (2, "0.00%", "+0.00;-0.00;0.00")]
        {
            let format = PercentFormat { decimals, keep_zeros: false };
            assert_eq!(percent_format(format), percent);
            assert_eq!(points_format(format), points);
        }
    }
}
