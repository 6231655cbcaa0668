//! The colour of a block: its hue, after what the glass reflects is taken off and the frame has said what white looks like.

use domain::duty::roll_call::code::BlockColour;

use super::cells::{Cells, Field};
use super::field;

const BLOCK: [f32; 4] = [0.0, 2.0, 5.0, 3.0];
/// Black around a block.
const BLACK_FIELDS: [[f32; 4]; 4] =
    [[-1.0, 2.0, 1.0, 3.0], [5.0, 2.0, 1.0, 3.0], [0.0, 1.0, 5.0, 1.0], [0.0, 5.0, 5.0, 1.0]];
/// Least light between black and white in each channel.
const CONTRAST_MIN: f32 = 0.004;
/// Least light of the strongest channel, white being 1.
const LIGHT_MIN: f32 = 0.2;
/// Least saturation.
const SATURATION_MIN: f32 = 0.4;
/// Colours lie 60 degrees apart; farther from the nearest than this is between two.
const HUE_OFF_MAX_DEG: f32 = 18.0;
/// From here on a channel is full and says little.
const FULL: f32 = 0.97;

/// The colour of the block in the column that begins here, in strokes, and how sure it is.
pub(super) fn read(cells: &Cells<'_>, left: f32) -> Option<(BlockColour, f32)> {
    let blacks = BLACK_FIELDS.map(|black| cells.coloured_light(field(left, black)));
    let black = [0, 1, 2].map(|channel| {
        let mut levels = blacks.map(|black| black[channel]);
        levels.sort_by(f32::total_cmp);
        f32::midpoint(levels[0], levels[1])
    });
    let white = cells.coloured_light(Field { x: left, y: 0.0, width: 5.0, height: 1.0 });
    let block = cells.coloured_light(field(left, BLOCK));
    if (0..3).any(|channel| white[channel] - black[channel] < CONTRAST_MIN || white[channel] > FULL) {
        return None;
    }
    let light = [0, 1, 2]
        .map(|channel| ((block[channel] - black[channel]) / (white[channel] - black[channel])).max(0.0));
    named(light)
}

/// The colour nearest to a light.
fn named([red, green, blue]: [f32; 3]) -> Option<(BlockColour, f32)> {
    let most = red.max(green).max(blue);
    let spread = most - red.min(green).min(blue);
    if most < LIGHT_MIN || spread < SATURATION_MIN * most {
        return None;
    }
    let sixths = if most <= red {
        (green - blue) / spread
    } else if most <= green {
        2.0 + (blue - red) / spread
    } else {
        4.0 + (red - green) / spread
    };
    let nearest = sixths.round();
    let off_deg = (sixths - nearest).abs() * 60.0;
    let colour = BlockColour::ALL[nearest.rem_euclid(6.0) as usize % 6];
    (off_deg <= HUE_OFF_MAX_DEG).then_some((colour, 1.0 - off_deg / 30.0))
}
