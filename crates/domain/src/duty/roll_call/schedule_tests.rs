//! Schedules that an independent program gives too, that are fair, and in which every meddling shows.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::beijing::{day_after, minute_of_day};
use crate::duty::roll_call::draw::sample;
use crate::duty::sha256_tests::sha256;

const DAY: Date = date(2026, 12, 1);

fn seed() -> Seed {
    std::array::from_fn(|n| n as u8)
}

fn rooms(count: u128) -> Vec<DutyRoomId> {
    (1..=count).map(|n| DutyRoomId(uuid::Uuid::from_u128(n))).collect()
}

/// Another seed for every day, as the platform draws one.
fn seed_of(day: i32) -> Seed {
    sha256(format!("seed of day {day}").as_bytes())
}

/// The numbers come from a Python program of thirty lines that shares nothing with this code; `docs/design/duty.md` has it.
#[test]
fn another_program_draws_the_same() {
    let rules = ScheduleRules::default();
    let text = commitment_text(&seed(), DAY, &rooms(3), &rules);
    assert_eq!(
        hex(&sha256(text.as_bytes())),
        "78f249f5416f913b2161b4377d359df5ea0d9806d872fa40bc5af7fd80a2d3bb"
    );
    let seconds: Vec<_> =
        rooms(3).into_iter().map(|room| seconds_of(&seed(), DAY, room, &rules, &sha256)).collect();
    assert_eq!(seconds, [[6388, 53823, 70681], [483, 17487, 58605], [547, 32716, 51255]]);
    let drawn = sample(&seed(), "2026-12-01 inspection", &rooms(10), 4, &sha256);
    assert_eq!(drawn.iter().map(|room| room.0.as_u128()).collect::<Vec<_>>(), [8, 10, 5, 1]);
}

/// The same program, for a week's number that is not seven times a whole one: rooms have their additional call on different days.
#[test]
fn another_program_gives_each_room_its_own_days() {
    let rules = ScheduleRules { per_week: 10, ..ScheduleRules::default() };
    let room = |n| DutyRoomId(uuid::Uuid::from_u128(n));
    let of = |n: u128, days: i32| seconds_of(&seed(), day_after(DAY, days), room(n), &rules, &sha256);
    for (days, first, sixth) in [
        (0, vec![6388, 53823, 70681], vec![5413]),
        (1, vec![2917, 31384, 73498, 76645, 82603], vec![10132, 67368, 76306]),
        (2, vec![10656, 27275, 34025, 57126, 66334], vec![19022, 21467, 56694, 72742]),
        (3, vec![75020], vec![49512, 83392]),
    ] {
        assert_eq!((of(1, days), of(6, days)), (first, sixth), "{days} days later");
    }
}

#[test]
fn no_number_is_drawn_from_the_uneven_rest_of_the_range() {
    // The first word is in the rest that ten does not divide, the next one is the first that counts.
    let digest = |_: &[u8]| -> Digest { std::array::from_fn(|n| if n < 4 { 0xff } else { n as u8 }) };
    let mut draws = Draws::new(String::new(), &digest);
    assert_eq!(draws.below(10), 0x0405_0607 % 10);
    assert_eq!(Draws::new(String::new(), &digest).below(256), 255, "256 divides it");
}

#[test]
fn the_committed_text_names_everything_and_rooms_once_in_order() {
    let (mut listed, rules) = (rooms(3), ScheduleRules::default());
    let text = commitment_text(&seed(), DAY, &listed, &rules);
    listed.reverse();
    listed.push(listed[0]);
    assert_eq!(commitment_text(&seed(), DAY, &listed, &rules), text);
    assert!(text.starts_with("watchfire-roll-call-schedule/1\nday 2026-12-01\nseed 000102"), "{text}");
    assert!(text.ends_with("apart_s 900\nroom 00000000-0000-0000-0000-000000000001\nroom 00000000-0000-0000-0000-000000000002\nroom 00000000-0000-0000-0000-000000000003\n"), "{text}");
}

#[test]
fn a_seed_proves_its_schedule_and_nothing_else() {
    let (rules, three) = (ScheduleRules::default(), rooms(3));
    let commitment = sha256(commitment_text(&seed(), DAY, &three, &rules).as_bytes());
    let before = begin_of(DAY);
    let check = |seed: &Seed, day, rooms: &[DutyRoomId], rules: &ScheduleRules, at| {
        verify(&commitment, at, (seed, day, rooms, rules), &sha256)
    };
    assert_eq!(
        check(&seed(), DAY, &three, &rules, before),
        Ok(schedule(&seed(), DAY, &three, &rules, &sha256))
    );
    let mut other_seed = seed();
    other_seed[31] ^= 1;
    let more = ScheduleRules { extra_per_mille: 41, ..rules };
    for changed in [
        check(&other_seed, DAY, &three, &rules, before),
        check(&seed(), date(2026, 11, 30), &three, &rules, begin_of(date(2026, 11, 30))),
        check(&seed(), DAY, &three[..2], &rules, before),
        check(&seed(), DAY, &three, &more, before),
    ] {
        assert_eq!(changed, Err(VerifyError::OtherCommitment));
    }
    let late = before + SignedDuration::from_secs(1);
    assert_eq!(check(&seed(), DAY, &three, &rules, late), Err(VerifyError::CommittedLate));
    let none = ScheduleRules { extra_per_mille: 0, ..rules };
    assert_eq!(check(&seed(), DAY, &three, &none, before), Err(ScheduleError::Extra(0).into()));
    assert!(ScheduleRules { per_week: 36, ..rules }.check().is_err());
    assert!(ScheduleRules { apart_s: 59, ..rules }.check().is_err());
}

#[test]
fn what_was_left_out_or_added_shows() {
    let planned = schedule(&seed(), DAY, &rooms(3), &ScheduleRules::default(), &sha256);
    let made = |after_s: i64| -> Vec<Planned> {
        planned
            .iter()
            .map(|one| Planned { at: one.at + SignedDuration::from_secs(after_s), ..*one })
            .collect()
    };
    assert_eq!(held_against(&planned, &made(0), 30), Deviations::default());
    assert_eq!(held_against(&planned, &made(30), 30), Deviations::default());
    let late = held_against(&planned, &made(31), 30);
    assert_eq!((late.left_out.len(), late.added.len()), (9, 9));
    let mut meddled = made(2);
    let kept_quiet = meddled.remove(4);
    let favour = Planned { at: begin_of(DAY), room_id: rooms(1)[0] };
    meddled.push(favour);
    let found = held_against(&planned, &meddled, 30);
    assert_eq!((found.left_out, found.added), (vec![planned[4]], vec![favour]));
    assert_eq!(kept_quiet.room_id, planned[4].room_id);
}

#[test]
fn in_any_seven_days_a_room_has_its_roll_calls_and_all_hours_are_alike() {
    let rules = ScheduleRules { per_week: 10, ..ScheduleRules::default() };
    let (all, days) = (rooms(40), 140);
    let mut per_day = vec![vec![0_u32; days]; all.len()];
    let mut per_hour = [0_u32; 24];
    for (day, number) in (0..days as i32).map(|number| (day_after(DAY, number), number)) {
        let mut last: Vec<Option<Timestamp>> = vec![None; all.len()];
        for one in schedule(&seed_of(number), day, &all, &rules, &sha256) {
            let room = one.room_id.0.as_u128() as usize - 1;
            per_day[room][number as usize] += 1;
            per_hour[usize::from(minute_of_day(one.at) / 60)] += 1;
            if let Some(before) = last[room].replace(one.at) {
                assert!(
                    one.at.duration_since(before).as_secs() >= 900,
                    "two roll-calls within a quarter of an hour"
                );
            }
        }
    }
    let fewest = per_day.iter().flat_map(|days| days.windows(7).map(|week| week.iter().sum::<u32>())).min();
    assert!(fewest >= Some(10), "{fewest:?}");
    let total: u32 = per_hour.iter().sum();
    let (mean, expected) = (f64::from(total) / 24.0, 40.0 * 140.0 * (10.0 / 7.0 + 24.0 * 0.04));
    assert!((f64::from(total) - expected).abs() < 5.0 * expected.sqrt(), "{total} of {expected}");
    let chi_square: f64 = per_hour.iter().map(|count| (f64::from(*count) - mean).powi(2) / mean).sum();
    println!(
        "{total} roll-calls of 40 rooms on 140 days; by hour {per_hour:?}; chi-square {chi_square:.1} at 23 degrees of freedom"
    );
    assert!(
        chi_square < 49.7,
        "beyond the 99.9 % point of chi-square with 23 degrees of freedom: {chi_square}"
    );
}

#[test]
fn having_been_asked_says_little_of_what_comes() {
    // Days on which one is guaranteed: of those asked in the morning, so many are asked again later that day.
    let rules = ScheduleRules { per_week: 7, ..ScheduleRules::default() };
    let room = rooms(1)[0];
    let (mut asked, mut again) = (0_u32, 0_u32);
    for number in 0..2000 {
        let seconds = seconds_of(&seed_of(number), DAY, room, &rules, &sha256);
        if seconds.first().is_some_and(|first| *first < 43_200) {
            asked += 1;
            again += u32::from(seconds.len() > 1);
        }
    }
    println!("of {asked} rooms asked before noon {again} are asked again");
    assert!(again * 2 > asked, "{again} of {asked}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn seven_days_in_a_row_have_exactly_the_guaranteed_number(room in any::<u128>(), start in -3000_i32..3000, per_week in 1_u8..36) {
        let room = DutyRoomId(uuid::Uuid::from_u128(room));
        let week: u32 = (0..7).map(|n| guaranteed(day_after(DAY, start + n), room, per_week)).sum();
        prop_assert_eq!(week, u32::from(per_week));
    }

    /// What one room is asked depends on no other room.
    #[test]
    fn a_rooms_moments_do_not_depend_on_the_others(room in 1_u128..50, number in 0_i32..100) {
        let (rules, all) = (ScheduleRules { per_week: 35, extra_per_mille: 100, apart_s: 1800 }, rooms(50));
        let id = DutyRoomId(uuid::Uuid::from_u128(room));
        let seed = seed_of(number);
        let alone = schedule(&seed, DAY, &[id], &rules, &sha256);
        let mut among = schedule(&seed, DAY, &all, &rules, &sha256);
        among.retain(|one| one.room_id == id);
        prop_assert_eq!(&alone, &among);
        let seconds = seconds_of(&seed, DAY, id, &rules, &sha256);
        prop_assert!(seconds.windows(2).all(|pair| pair[1] - pair[0] >= 1800), "{:?}", seconds);
    }

    /// Every room is as likely as any other to be in a sample.
    #[test]
    fn a_sample_has_no_room_twice(count in 0_usize..30, number in 0_i32..100) {
        let drawn = sample(&seed_of(number), "inspection", &rooms(20), count, &sha256);
        prop_assert_eq!(drawn.len(), count.min(20));
        prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
    }
}

#[test]
fn samples_favour_no_room() {
    let mut drawn = [0_u32; 20];
    for number in 0..3000 {
        for room in sample(&seed_of(number), "inspection", &rooms(20), 5, &sha256) {
            drawn[room.0.as_u128() as usize - 1] += 1;
        }
    }
    // Five standard deviations around 750.
    assert!(drawn.iter().all(|count| count.abs_diff(750) < 119), "{drawn:?}");
    let other = sample(&seed_of(1), "another purpose", &rooms(20), 5, &sha256);
    assert_ne!(other, sample(&seed_of(1), "inspection", &rooms(20), 5, &sha256));
}
