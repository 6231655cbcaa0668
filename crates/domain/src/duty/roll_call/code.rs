//! The rotating code (查岗码): four coloured blocks and four digits that a seat's screen shows, another every 30 seconds, and that the
//! camera of the same room has to see.
//!
//! It ties the seat to the room. Whoever answers from elsewhere has no screen in front of the room's camera, and a recording shows yesterday's
//! code. The code follows from a secret of the room: the caller hands in the MAC (HMAC-SHA-256) of [`mac_text`] under it.
//!
//! A camera seldom reads everything: a screen reflects, and by infrared there are no colours. What it read counts if nothing contradicts and
//! guessing as much would succeed at most once in [`GUESS_ONE_IN`] tries.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::draw::Digest;
use crate::ids::DutyRoomId;
use crate::words::words;

/// Seconds for which one code is shown.
pub const STEP_S: i64 = 30;
/// Seconds after the question within which the camera has to see a code.
pub const SEEN_WITHIN_S: i64 = 60;
/// Seconds by which the clock of the seat's screen and that of the camera's pictures may differ together.
pub const SKEW_S: i64 = 10;
/// What is read has to be so unlikely to be guessed.
pub const GUESS_ONE_IN: u32 = 1000;

/// A colour of a block: the six that lie farthest apart for a camera.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockColour {
    /// 红
    Red,
    /// 黄
    Yellow,
    /// 绿
    Green,
    /// 青
    Cyan,
    /// 蓝
    Blue,
    /// 品红
    Magenta,
}

words! { BlockColour:
    Red = "red", "红", "Red";
    Yellow = "yellow", "黄", "Yellow";
    Green = "green", "绿", "Green";
    Cyan = "cyan", "青", "Cyan";
    Blue = "blue", "蓝", "Blue";
    Magenta = "magenta", "品红", "Magenta";
}

/// What the screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Four blocks from left to right; neighbours differ.
    pub colours: [BlockColour; 4],
    /// Four digits, 0 to 9 each.
    pub digits: [u8; 4],
}

/// What a camera read of it; none in a place that it could not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadCode {
    /// Blocks.
    pub colours: [Option<BlockColour>; 4],
    /// Digits.
    pub digits: [Option<u8>; 4],
}

/// What a reading is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeVerdict {
    /// The room's code of this moment, seen in time: the seat is in the room.
    Seen,
    /// Too little was read to say anything. Proves nothing, and accuses nobody.
    Unreadable,
    /// The right code, and too late.
    SeenLate,
    /// A code that the room showed earlier: the pictures are not of now.
    Old,
    /// No code that the room showed in the last hour.
    Wrong,
}

words! { CodeVerdict:
    Seen = "seen", "画面验证通过", "Code seen";
    Unreadable = "unreadable", "画面无法辨识", "Code not readable";
    SeenLate = "seen_late", "画面验证超时", "Code seen late";
    Old = "old", "旧查岗码", "Old code";
    Wrong = "wrong", "查岗码不符", "Wrong code";
}

impl CodeVerdict {
    /// How much it says: what says more replaces what says less. The right code outweighs a wrong one, because a room may show both – the
    /// seat's screen and a picture of yesterday's on the wall – and only one of them can be known.
    pub fn says(self) -> u8 {
        match self {
            Self::Unreadable => 0,
            Self::Wrong => 1,
            Self::Old => 2,
            Self::SeenLate => 3,
            Self::Seen => 4,
        }
    }
}

/// The number of the code shown at a moment.
pub fn step_at(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP_S)
}

/// What is authenticated under the room's secret to get the code of a step.
pub fn mac_text(room_id: DutyRoomId, step: i64) -> String {
    format!("watchfire-room-code/1\nroom {room_id}\nstep {step}\n")
}

/// The code of a MAC. The first word gives the digits; the next four a colour each, of which every one but the first is chosen among the
/// five that its left neighbour leaves.
pub fn code_of(mac: &Digest) -> Code {
    let word = |n: usize| mac[n * 4..n * 4 + 4].iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte));
    let number = word(0) % 10_000;
    let digit = |power: u32| (number / power % 10) as u8;
    let mut place = (word(1) % 6) as usize;
    let mut colours = [BlockColour::ALL[place]; 4];
    for (n, colour) in colours.iter_mut().enumerate().skip(1) {
        place = (place + 1 + (word(n + 1) % 5) as usize) % 6;
        *colour = BlockColour::ALL[place];
    }
    Code { colours, digits: [digit(1000), digit(100), digit(10), digit(1)] }
}

impl ReadCode {
    /// In how many tries somebody would guess once what was read: ten for a digit, five for a colour, the left neighbour of which is known
    /// or not.
    pub fn guess_one_in(&self) -> u32 {
        let digits = self.digits.iter().flatten().count() as u32;
        let colours = self.colours.iter().flatten().count() as u32;
        10_u32.pow(digits) * 5_u32.pow(colours)
    }

    /// Whether nothing that was read contradicts a code.
    pub fn agrees(&self, code: &Code) -> bool {
        let colours =
            self.colours.iter().zip(code.colours).all(|(read, is)| read.is_none_or(|read| read == is));
        let digits = self.digits.iter().zip(code.digits).all(|(read, is)| read.is_none_or(|read| read == is));
        colours && digits
    }
}

/// What a reading from a picture taken at `seen_at` (the server's clock) is worth for a question asked at `asked_at`. `code_at` gives the
/// room's code of a step.
pub fn judge(
    read: &ReadCode,
    asked_at: Timestamp,
    seen_at: Timestamp,
    code_at: impl Fn(i64) -> Code,
) -> CodeVerdict {
    if read.guess_one_in() < GUESS_ONE_IN {
        return CodeVerdict::Unreadable;
    }
    let skew = SignedDuration::from_secs(SKEW_S);
    let first = step_at(seen_at.saturating_sub(skew).unwrap_or(seen_at));
    let last = step_at(seen_at.saturating_add(skew).unwrap_or(seen_at));
    if (first..=last).any(|step| read.agrees(&code_at(step))) {
        let after_s = seen_at.duration_since(asked_at).as_secs();
        let is_in_time = (-SKEW_S..=SEEN_WITHIN_S).contains(&after_s);
        return if is_in_time { CodeVerdict::Seen } else { CodeVerdict::SeenLate };
    }
    // 120 codes of the last hour: a chance agreement is possible only for the least that counts, and says `Old` instead of `Wrong`.
    let hour_ago = first - 3600 / STEP_S;
    if (hour_ago..first).any(|step| read.agrees(&code_at(step))) {
        CodeVerdict::Old
    } else {
        CodeVerdict::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duty::sha256_tests::sha256;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(1_796_000_010 + s).unwrap()
    }

    /// A code of room 1; the secret is simply put before the text here.
    fn code_at(step: i64) -> Code {
        let text = mac_text(DutyRoomId(uuid::Uuid::from_u128(1)), step);
        code_of(&sha256(format!("secret{text}").as_bytes()))
    }

    fn all(code: Code) -> ReadCode {
        ReadCode { colours: code.colours.map(Some), digits: code.digits.map(Some) }
    }

    #[test]
    fn a_code_counts_in_its_window_and_within_the_skew() {
        assert_eq!(at(0).as_second() % STEP_S, 0, "a code begins with the test");
        for (shown_s, seen_s, asked_s, verdict) in [
            (0, 5, 0, CodeVerdict::Seen),
            (0, 29, 0, CodeVerdict::Seen),
            (0, 39, 0, CodeVerdict::Seen),
            (0, 41, 0, CodeVerdict::Old),
            (30, 21, 0, CodeVerdict::Seen),
            (30, 19, 0, CodeVerdict::Wrong),
            (60, 60, 0, CodeVerdict::Seen),
            (61, 61, 0, CodeVerdict::SeenLate),
            (0, 5, 16, CodeVerdict::SeenLate),
            (-3500, 0, 0, CodeVerdict::Old),
            (-86_400, 0, 0, CodeVerdict::Wrong),
        ] {
            let read = all(code_at(step_at(at(shown_s))));
            let found = judge(&read, at(asked_s), at(seen_s), code_at);
            assert_eq!(found, verdict, "shown {shown_s}, seen {seen_s}, asked {asked_s}");
        }
    }

    #[test]
    fn what_was_read_has_to_be_hard_to_guess() {
        let code = code_at(step_at(at(0)));
        let part = |colours: usize, digits: usize| {
            let mut read = all(code);
            read.colours[colours..].fill(None);
            read.digits[digits..].fill(None);
            judge(&read, at(0), at(5), code_at)
        };
        for (colours, digits, verdict) in [
            (0, 0, CodeVerdict::Unreadable),
            (4, 0, CodeVerdict::Unreadable),
            (4, 1, CodeVerdict::Seen),
            (0, 2, CodeVerdict::Unreadable),
            (0, 3, CodeVerdict::Seen),
            (1, 2, CodeVerdict::Unreadable),
            (2, 2, CodeVerdict::Seen),
        ] {
            assert_eq!(part(colours, digits), verdict, "{colours} colours, {digits} digits");
        }
        let mut wrong = all(code);
        wrong.digits[3] = Some((code.digits[3] + 1) % 10);
        assert_eq!(judge(&wrong, at(0), at(5), code_at), CodeVerdict::Wrong, "one digit decides");
    }

    #[test]
    fn codes_use_all_colours_and_digits_evenly_and_neighbours_differ() {
        let (mut colours, mut digits) = ([[0_u32; 6]; 4], [[0_u32; 10]; 4]);
        for step in 0..6000 {
            let code = code_at(step);
            assert!(code.colours.windows(2).all(|pair| pair[0] != pair[1]));
            for place in 0..4 {
                colours[place][code.colours[place] as usize] += 1;
                digits[place][usize::from(code.digits[place])] += 1;
            }
        }
        // Five standard deviations of a count around 1 000, or 600.
        assert!(colours.iter().flatten().all(|count| count.abs_diff(1000) < 145), "{colours:?}");
        assert!(digits.iter().flatten().all(|count| count.abs_diff(600) < 117), "{digits:?}");
    }
}
