//! Whether a camera's pictures stir, guessed from their sizes alone.
//!
//! An encoder with a rate that may vary spends bytes on what moves; one with a constant rate hides it. So this is a hint about whom to look at
//! first, and never a reason not to look.

/// Pictures between key frames count as stirring when they are so much larger than usual.
const STIRRING: f32 = 1.5;
/// How fast the usual size follows a larger one: a fire that grows for minutes must not become usual meanwhile.
const RISE: f32 = 1.0 / 64.0;
/// How fast it follows a smaller one.
const FALL: f32 = 1.0 / 8.0;
/// Groups of pictures after which there is a usual size.
const SETTLED: u32 = 3;

/// Sizes of the pictures of one stream between its key frames.
#[derive(Debug, Default)]
pub(crate) struct Stir {
    group_bytes: u64,
    group_pictures: u32,
    groups: u32,
    usual_bytes: f32,
    is_stirring: bool,
}

impl Stir {
    /// Takes note of a picture.
    pub(crate) fn picture(&mut self, is_key: bool, bytes: usize) {
        if is_key {
            self.end_group();
        } else {
            self.group_bytes += bytes as u64;
            self.group_pictures += 1;
        }
    }

    /// Whether more moved in the last whole group of pictures than usually.
    pub(crate) const fn is_stirring(&self) -> bool {
        self.is_stirring
    }

    fn end_group(&mut self) {
        let (bytes, pictures) =
            (std::mem::take(&mut self.group_bytes), std::mem::take(&mut self.group_pictures));
        if pictures == 0 {
            return;
        }
        let mean_bytes = bytes as f32 / pictures as f32;
        self.is_stirring = self.groups >= SETTLED && mean_bytes > STIRRING * self.usual_bytes;
        self.groups = self.groups.saturating_add(1);
        let follows = if self.groups <= SETTLED {
            1.0 / self.groups as f32
        } else if mean_bytes > self.usual_bytes {
            RISE
        } else {
            FALL
        };
        self.usual_bytes += follows * (mean_bytes - self.usual_bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(stir: &mut Stir, bytes: usize) -> bool {
        stir.picture(true, 90_000);
        (0..49).for_each(|_| stir.picture(false, bytes));
        stir.picture(true, 90_000);
        stir.is_stirring()
    }

    #[test]
    fn pictures_half_again_as_large_as_usual_stir() {
        let mut stir = Stir::default();
        assert!((0..10).all(|_| !group(&mut stir, 4_000)));
        assert!(!group(&mut stir, 5_000));
        assert!(group(&mut stir, 9_000));
        assert!(!group(&mut stir, 4_000));
    }

    #[test]
    fn what_goes_on_for_a_minute_still_stirs_and_a_new_view_becomes_usual() {
        let mut stir = Stir::default();
        (0..10).for_each(|_| {
            group(&mut stir, 2_000);
        });
        assert!((0..30).all(|_| group(&mut stir, 8_000)));
        (0..200).for_each(|_| {
            group(&mut stir, 8_000);
        });
        assert!(!group(&mut stir, 8_000));
    }

    #[test]
    fn a_stream_of_key_frames_alone_and_a_constant_rate_say_nothing() {
        let mut stir = Stir::default();
        (0..50).for_each(|_| stir.picture(true, 50_000));
        assert!(!stir.is_stirring());
        assert!((0..50).all(|_| !group(&mut stir, 5_000)));
    }
}
