//! The middle of some numbers: what a change in less than half of them does not move.

/// The middle value, of two middle ones the larger; 0 when there are none.
pub(crate) fn median(mut values: Vec<f32>) -> f32 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f32::total_cmp).1 }
}
