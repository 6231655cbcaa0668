//! Faults against the built program: killed at every step of the way of an alarm, a receiver that fails or lies, a disk that is full, a database
//! that is gone. Each case ends with somebody told once, or with a fault that somebody sees.
//!
//! The order of the cases and the moments of death come from a seed that is printed; `WATCHFIRE_FAULT_SEED` repeats it, and
//! `WATCHFIRE_FAULT_ROUNDS` goes round more often.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

#[path = "faults/site.rs"]
mod site;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use site::Site;
use stories::Mood;

/// A restart on a busy machine, and what is told after it.
const SOON: Duration = Duration::from_secs(20);

/// A sequence that a seed decides (SplitMix64).
struct Seeded(u64);

impl Seeded {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    fn shuffled<T: Copy>(&mut self, all: &[T]) -> Vec<T> {
        let mut rest = all.to_vec();
        let mut order = Vec::with_capacity(rest.len());
        while !rest.is_empty() {
            order.push(rest.swap_remove(self.below(rest.len() as u64) as usize));
        }
        order
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn seed() -> u64 {
    let now = || std::time::UNIX_EPOCH.elapsed().unwrap().as_secs();
    number("WATCHFIRE_FAULT_SEED").unwrap_or_else(now)
}

#[derive(Debug, Clone, Copy)]
enum Case {
    /// Killed while somebody reports: before, in or behind the commit.
    Reporting,
    /// Killed when it is written whom to tell.
    Told,
    /// Killed while the receiver has the message and has not answered.
    Called,
    /// Killed when the receiver has answered, before or behind the note of it.
    Answered,
    /// Killed when the answer is noted.
    Settled,
    /// The receiver answers 500 once.
    Fails,
    /// The receiver says that it took what it did not.
    Lies,
}

const CASES: [Case; 7] =
    [Case::Reporting, Case::Told, Case::Called, Case::Answered, Case::Settled, Case::Fails, Case::Lies];

#[test]
fn killed_at_any_step_or_failed_by_the_receiver_every_alarm_is_told_once_or_the_fault_is_seen() {
    let seed = seed();
    println!("WATCHFIRE_FAULT_SEED={seed}");
    let mut seeded = Seeded(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut site = Site::open(&folder.path().join("data"), &[]);
    for _ in 0..number("WATCHFIRE_FAULT_ROUNDS").unwrap_or(1) {
        for case in seeded.shuffled(&CASES) {
            let began = Instant::now();
            let numbers = go_through(&mut site, case, &mut seeded);
            println!("{case:?}: told under {numbers:?}, {} ms", began.elapsed().as_millis());
        }
    }
}

/// Goes through a case; answers how often each alarm of it came to the receiver, and how often it was taken.
fn go_through(site: &mut Site, case: Case, seeded: &mut Seeded) -> Vec<(usize, usize)> {
    let before = site.alarms();
    match case {
        Case::Reporting => {
            let reporting = site.report_beside();
            std::thread::sleep(Duration::from_millis(seeded.below(40)));
            site.kill_and_start();
            // Acknowledged or not: if it was acknowledged it has to be there.
            if let Some(id) = reporting.join().unwrap() {
                assert!(site.alarms().contains(&id), "an alarm that was acknowledged is lost");
            }
        }
        Case::Told => {
            site.report();
            site.running().wait_for("told", SOON).unwrap();
            std::thread::sleep(Duration::from_millis(seeded.below(5)));
            site.kill_and_start();
        }
        Case::Called => {
            site.receiver.set_mood(Mood::Holds);
            let id = site.report();
            site.receiver.wait_until_called(&id, SOON).unwrap();
            site.kill();
            site.receiver.set_mood(Mood::Good);
            site.start();
        }
        Case::Answered => {
            let id = site.report();
            site.receiver.wait_until_taken(&id, SOON).unwrap();
            std::thread::sleep(Duration::from_millis(seeded.below(8)));
            site.kill_and_start();
        }
        Case::Settled => {
            site.report();
            site.running().wait_for(" sent ", SOON).unwrap();
            std::thread::sleep(Duration::from_millis(50));
            site.kill_and_start();
        }
        Case::Fails => {
            site.receiver.set_mood(Mood::Fails);
            let id = site.report();
            site.receiver.wait_until_called(&id, SOON).unwrap();
            site.receiver.set_mood(Mood::Good);
        }
        Case::Lies => {
            site.receiver.set_mood(Mood::Lies);
            site.report();
            let fault = site.wait_for_verdict("broken", SOON);
            assert_eq!(fault["faults"][0]["code"], "V08", "{fault}");
            site.receiver.set_mood(Mood::Good);
            site.wait_for_verdict("sound", SOON);
        }
    }
    let new: Vec<String> = site.alarms().into_iter().filter(|id| !before.contains(id)).collect();
    new.iter().map(|id| told_once(site, id, case)).collect()
}

/// How often an alarm may come to the receiver, and how often it may be taken: once, but where the program died or the receiver failed while the
/// message was between them. The receiver knows a repetition by its number.
fn most(case: Case) -> (usize, usize) {
    match case {
        Case::Reporting | Case::Told | Case::Answered => (2, 2),
        Case::Called | Case::Fails => (2, 1),
        Case::Settled | Case::Lies => (1, 1),
    }
}

/// Waits until an alarm is told, and gives whoever would tell it twice the time to.
fn told_once(site: &Site, id: &str, case: Case) -> (usize, usize) {
    site.receiver.wait_until_taken(id, SOON).unwrap();
    std::thread::sleep(Duration::from_millis(800));
    let came = site.receiver.about(id);
    let taken = came.iter().filter(|one| one.taken).count();
    assert!(came.iter().all(|one| one.number == came[0].number), "{case:?}: one number: {came:?}");
    let (came_max, taken_max) = most(case);
    assert!((1..=taken_max).contains(&taken) && came.len() <= came_max, "{case:?}: {came:?}");
    (came.len(), taken)
}

/// A small file system of its own; gone again with the story. None where this user may not make one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=24m", "watchfire-story"])
            .arg(folder.path())
            .output();
        mounted.is_ok_and(|output| output.status.success()).then_some(Self(folder))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Fills it to the last byte.
    fn fill(&self) {
        use std::io::Write as _;
        let mut filler = std::fs::File::create(self.path().join("filler")).unwrap();
        for size in [1 << 20, 4096, 1] {
            while filler.write_all(&vec![0; size]).and_then(|()| filler.flush()).is_ok() {}
        }
    }

    fn empty(&self) {
        std::fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whoever holds it open is killed by now; if not, it goes with the machine.
        let _ = Command::new("umount").arg("-l").arg(self.path()).output();
    }
}

#[test]
fn on_a_full_disk_the_report_is_refused_aloud_the_fault_is_seen_and_with_room_again_all_goes_on() {
    let Some(disk) = SmallDisk::mount() else {
        println!("not run: this user may not mount a small file system");
        return;
    };
    let mut site = Site::open(&disk.path().join("data"), &[]);
    let told = site.report();
    site.receiver.wait_until_taken(&told, SOON).unwrap();
    disk.fill();
    // The log of the database may have some pages left; then nothing goes in any more.
    let mut kept = Vec::new();
    let refused = (0..400).find_map(|_| match site.try_report() {
        Ok(id) => {
            kept.push(id);
            None
        }
        Err(status) => Some(status),
    });
    assert_eq!(refused, Some(503), "refused with words that say later; {} were kept", kept.len());
    let state = site.wait_for_verdict("broken", SOON);
    assert!(state["trouble"].is_string() || state["faults"][0]["code"] == "V08", "{state}");
    assert!(site.alarms().contains(&told), "people still read what was");
    disk.empty();
    let after = (0..20).find_map(|_| {
        std::thread::sleep(Duration::from_millis(500));
        site.try_report().ok()
    });
    let after = after.expect("with room again an alarm is kept");
    for id in kept.iter().chain([&after]) {
        site.receiver.wait_until_taken(id, SOON).unwrap();
    }
    site.wait_for_verdict("sound", SOON);
    std::thread::sleep(Duration::from_secs(2));
    for id in kept.iter().chain([&told, &after]) {
        let taken = site.receiver.about(id).iter().filter(|one| one.taken).count();
        assert!((1..=2).contains(&taken), "{id}: {taken}");
    }
    println!("{} kept while the disk filled up", kept.len());
    site.kill();
}

#[test]
fn when_postgresql_is_gone_reports_are_refused_aloud_and_with_it_back_all_goes_on() {
    let (Some(url), Some(control)) = (
        std::env::var("WATCHFIRE_TEST_POSTGRES_URL").ok(),
        std::env::var_os("WATCHFIRE_TEST_POSTGRES_CONTROL"),
    ) else {
        println!("not run: no PostgreSQL to stop (crates/store/tests/with_postgres.sh gives one)");
        return;
    };
    let control = |words: &[&str]| {
        let output = Command::new(&control).args(words).output().unwrap();
        assert!(output.status.success(), "{words:?}: {output:?}");
    };
    let name = format!("faults_{}", std::process::id());
    control(&["create", &name]);
    let url = format!("{}/{name}", url.rsplit_once('/').unwrap().0);
    let folder = tempfile::tempdir().unwrap();
    let environment = [("WATCHFIRE_DATA__POSTGRES_URL".to_owned(), url)];
    let mut site = Site::open(&folder.path().join("data"), &environment);
    let told = site.report();
    site.receiver.wait_until_taken(&told, SOON).unwrap();
    control(&["stop"]);
    let began = Instant::now();
    let refused = site.try_report().expect_err("without rows nothing is kept");
    assert_eq!(refused, 503);
    println!("refused after {} ms", began.elapsed().as_millis());
    std::thread::sleep(Duration::from_secs(2));
    control(&["start"]);
    let after = (0..40).find_map(|_| {
        std::thread::sleep(Duration::from_millis(500));
        site.try_report().ok()
    });
    let after = after.expect("with the database back an alarm is kept");
    site.receiver.wait_until_taken(&after, SOON).unwrap();
    site.wait_for_verdict("sound", SOON);
    std::thread::sleep(Duration::from_secs(2));
    for id in [&told, &after] {
        let taken = site.receiver.about(id).iter().filter(|one| one.taken).count();
        assert_eq!(taken, 1, "{id}");
    }
    site.kill();
}
