//! Time labels: second, minute, hour, day, month and the last two digits of the year, a byte each (8.2.2).
//!
//! Most devices write each byte as a plain number, some as two decimal digits. Neither says which it does, so a label gives both readings and
//! whoever knows the time takes the nearer one.

/// The six bytes as they travel: second first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TimeLabel(pub [u8; 6]);

/// A moment by the clock on the wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    /// Full year.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
    /// 1 to 31; whether the month has it is not asked here.
    pub day: i8,
    /// 0 to 23.
    pub hour: i8,
    /// 0 to 59.
    pub minute: i8,
    /// 0 to 59.
    pub second: i8,
}

impl TimeLabel {
    /// Writes a moment, each byte a plain number. Years outside 2000 to 2099 lose their century, as the standard has it.
    pub fn of(moment: Civil) -> Self {
        let byte = |number: i8| number.unsigned_abs();
        let year = moment.year.rem_euclid(100) as u8;
        Self([
            byte(moment.second),
            byte(moment.minute),
            byte(moment.hour),
            byte(moment.day),
            byte(moment.month),
            year,
        ])
    }

    /// The label as a plain number in each byte.
    pub fn plain(self) -> Option<Civil> {
        civil(self.0)
    }

    /// The label as two decimal digits in each byte.
    pub fn decimal(self) -> Option<Civil> {
        let mut bytes = self.0;
        for byte in &mut bytes {
            let (tens, ones) = (*byte >> 4, *byte & 0x0f);
            if tens > 9 || ones > 9 {
                return None;
            }
            *byte = tens * 10 + ones;
        }
        civil(bytes)
    }

    /// Every reading that makes sense, the plain one first.
    pub fn readings(self) -> impl Iterator<Item = Civil> {
        self.plain().into_iter().chain(self.decimal())
    }
}

fn civil([second, minute, hour, day, month, year]: [u8; 6]) -> Option<Civil> {
    let is_moment = second <= 59
        && minute <= 59
        && hour <= 23
        && (1..=31).contains(&day)
        && (1..=12).contains(&month)
        && year <= 99;
    is_moment.then(|| Civil {
        year: 2000 + i16::from(year),
        month: month.cast_signed(),
        day: day.cast_signed(),
        hour: hour.cast_signed(),
        minute: minute.cast_signed(),
        second: second.cast_signed(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_has_two_readings_where_both_make_sense() {
        let label = TimeLabel([0x05, 0x09, 0x09, 0x1b, 0x07, 0x15]);
        let plain = Civil { year: 2021, month: 7, day: 27, hour: 9, minute: 9, second: 5 };
        assert_eq!(label.readings().collect::<Vec<_>>(), [plain], "0x1b is no decimal");
        let label = TimeLabel([0x30, 0x15, 0x10, 0x09, 0x09, 0x26]);
        assert_eq!(label.decimal().map(|one| (one.year, one.second)), Some((2026, 30)));
        assert_eq!(label.plain().map(|one| (one.year, one.second)), Some((2038, 48)));
        assert_eq!(TimeLabel([0xff; 6]).readings().count(), 0);
        assert_eq!(TimeLabel::of(plain).plain(), Some(plain));
    }
}
