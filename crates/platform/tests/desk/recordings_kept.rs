//! What was recorded stays as long as it has to, over restarts and short disks, and what goes leaves a certificate.

use std::path::Path;

use domain::access::Access;
use domain::ids::{DiskId, PinId};
use domain::recording::{DeletionWhy, FloorBasis, GapCause, RetentionClass, Span};
use jiff::SignedDuration;
use media::record::write_entries;
use platform::PlatformError;
use platform::access::CameraEdit;
use platform::recording::{DifferenceKind, DiskEdit, NewDisk, PinAsk, RetentionAsk};
use platform::rows::{AlarmFilter, DeletionFilter, NewSegment, PageAsk, SegmentGrowth, Store};

use crate::studio::Studio;

fn page() -> PageAsk {
    PageAsk::first(50)
}

async fn first_disk(store: &Store) -> DiskId {
    store.disks().await.unwrap()[0].disk.id
}

fn films_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let is_film = path.extension().is_some_and(|extension| extension == "mp4");
            if path.is_dir() { films_below(&path) } else { usize::from(is_film) }
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_in_the_middle_keeps_footage_and_is_the_cause_of_its_gap() {
    let studio = Studio::open().await;
    let before = studio.recorded(&studio.world.platform, 4).await;
    studio.world.platform.stop().await;
    // As a kill leaves it: the last file is open, and of its fragments nothing was written down.
    let store = studio.world.store().await;
    let segments = store.segments(&Access::PLATFORM, studio.camera, &studio.lately(), &page()).await.unwrap();
    let last = segments.items.last().unwrap();
    let forgotten = SegmentGrowth {
        key: last.key,
        end_at: last.start_at,
        size_bytes: 0,
        is_open: true,
        fragments: write_entries(&[]),
    };
    store.write_segments(&[], &[forgotten]).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(11)).await;
    let again = studio.world.recording_again().await;
    again.start().await.unwrap();
    let (kept, cause) = studio
        .until(&again, |line| {
            let after = line.recorded.get(1)?;
            let gap = line.gaps.iter().find(|gap| gap.span.end == after.start)?;
            Some((line.recorded[0], gap.cause))
        })
        .await;
    assert!(kept.start == before.start && kept.end >= before.end, "{kept:?} is less than {before:?}");
    assert_eq!(cause, GapCause::Restart);
    assert!(studio.film(&again, kept).await.unwrap().len() > 10_000);
    again.stop().await;
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_entered_before_the_start_is_recorded() {
    let studio = Studio::furnish().await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    studio.world.platform.start().await.unwrap();
    studio.recorded(&studio.world.platform, 2).await;
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_that_is_no_longer_recorded_stays_so_when_disks_change() {
    let studio = Studio::open().await;
    let platform = &studio.world.platform;
    studio.recorded(platform, 2).await;
    let edit = CameraEdit { is_recorded: Some(false), ..CameraEdit::default() };
    platform.edit_camera(&studio.world.ask(studio.manager), studio.camera, edit).await.unwrap();
    let new = NewDisk {
        name: "第二块磁盘".to_owned(),
        folder: studio.world.folder.path().join("second"),
        quota_bytes: 1 << 30,
        head_room_bytes: 0,
    };
    let administrator = studio.world.ask(Access::PLATFORM);
    platform.add_recording_disk(&administrator, new).await.unwrap();
    assert_eq!(platform.recording_disks(&administrator).await.unwrap().len(), 2);
    assert_eq!(platform.recording_status(&administrator).unwrap().cameras, 0);
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn disks_that_change_while_a_group_is_received_leave_no_file_out_of_the_ledger() {
    let studio = Studio::open().await;
    let platform = &studio.world.platform;
    let administrator = studio.world.ask(Access::PLATFORM);
    let store = studio.world.store().await;
    let disk = first_disk(&store).await;
    // Each change makes the recorder anew; several fall into one group, the first of them perhaps into the first of all.
    for quota_gib in 2..8 {
        let edit = DiskEdit { quota_bytes: Some(quota_gib << 30), ..DiskEdit::default() };
        platform.edit_recording_disk(&administrator, disk, edit).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
    }
    studio.recorded(platform, 4).await;
    studio.world.platform.stop().await;
    let rows = store.segments(&Access::PLATFORM, studio.camera, &studio.lately(), &page()).await.unwrap();
    assert_eq!(rows.items.len(), films_below(&studio.world.folder.path().join("recordings")));
    // Pictures arrive with some jitter, and each file counts from the arrival of its first.
    let jitter = SignedDuration::from_millis(500);
    let repeats = rows.items.windows(2).filter(|pair| pair[0].end_at > pair[1].start_at + jitter).count();
    assert_eq!(repeats, 0, "{:?}", rows.items);
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_disk_loses_its_oldest_and_a_pinned_hour_stays() {
    let studio = Studio::open().await;
    studio.recorded(&studio.world.platform, 2).await;
    studio.world.platform.stop().await;
    let (store, world) = (studio.world.store().await, &studio.world);
    let disk_id = first_disk(&store).await;
    // Forty days ago and past the law's thirty, but below a ceiling of sixty.
    let begin = world.now() - SignedDuration::from_hours(24 * 40);
    let at = |minutes| begin + SignedDuration::from_mins(minutes);
    let old = |minutes| NewSegment {
        camera_id: studio.camera,
        disk_id,
        start_at: at(minutes),
        end_at: at(minutes + 1),
        size_bytes: 500 << 20,
        is_open: false,
        fragments: write_entries(&[]),
    };
    store.write_segments(&[old(0), old(60), old(120)], &[]).await.unwrap();
    let county =
        world.person("county", domain::role::Role::County, domain::access::Scope::Region(world.county)).await;
    let again = world.recording_again().await;
    let order = RetentionAsk {
        basis: FloorBasis::PublicSafety,
        class: RetentionClass::Custom,
        days: Some((30, 60)),
        note: None,
    };
    again.set_unit_retention(&world.ask(county), world.school, &order).await.unwrap();
    let pin = PinAsk {
        camera_id: studio.camera,
        span: Span::new(at(0), at(1)),
        reason: "摔伤事件".to_owned(),
        alarm_id: None,
        keep_until: world.now() + SignedDuration::from_hours(24),
    };
    let pinned: PinId = again.pin_recording(&world.ask(county), pin).await.unwrap();
    again.start().await.unwrap();
    let filter = DeletionFilter::default();
    let certificates = loop {
        let found = again.recording_deletions(&world.ask(county), &filter, &page()).await.unwrap().items;
        if found.iter().all(|one| one.removed_at.is_some()) && !found.is_empty() {
            break found;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    };
    let told: Vec<_> = certificates.iter().map(|one| (one.from_at, one.why, one.below_floor)).collect();
    assert_eq!(told, [(at(60), DeletionWhy::Quota, false)], "the oldest that is not pinned");
    let span = Span::new(at(0), at(121));
    let left = store.segments(&Access::PLATFORM, studio.camera, &span, &page()).await.unwrap().items;
    assert_eq!(left.len(), 2, "the pinned one and the newest stay: {left:?}");
    let by_hand =
        again.delete_recordings(&world.ask(county), studio.camera, Span::new(at(0), at(1)), "误录").await;
    assert!(matches!(by_hand, Err(PlatformError::Conflict(_))), "nobody deletes what is pinned");
    again.release_recording_pin(&world.ask(county), pinned).await.unwrap();
    let by_hand =
        again.delete_recordings(&world.ask(county), studio.camera, Span::new(at(0), at(1)), "误录").await;
    assert_eq!(by_hand.unwrap(), 1);
    again.stop().await;
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_finds_what_index_and_files_do_not_share_and_deletes_nothing() {
    let studio = Studio::open().await;
    studio.recorded(&studio.world.platform, 3).await;
    studio.world.platform.stop().await;
    let platform = studio.world.recording_again().await;
    let clean = platform.check_recordings(false).await.unwrap();
    assert!(clean.is_clean() && clean.rows > 0 && clean.files == clean.rows, "{clean:?}");
    // A second camera's file that no row knows, and a row whose file is gone.
    let store = studio.world.store().await;
    let segments = store.segments(&Access::PLATFORM, studio.camera, &studio.lately(), &page()).await.unwrap();
    let folder = studio.world.folder.path().join("recordings").join(studio.camera.0.simple().to_string());
    let day = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let file = std::fs::read_dir(&day).unwrap().next().unwrap().unwrap().path();
    std::fs::copy(&file, day.join("000000000.mp4")).unwrap();
    std::fs::remove_file(&file).unwrap();
    let found = platform.check_recordings(true).await.unwrap();
    let kinds: Vec<_> = found.differences.iter().map(|one| (one.kind, one.is_mended)).collect();
    assert!(kinds.contains(&(DifferenceKind::FileUnknown, true)), "{kinds:?}");
    assert!(kinds.contains(&(DifferenceKind::FileMissing, false)), "{kinds:?}");
    assert!(!found.is_clean());
    let after = store.segments(&Access::PLATFORM, studio.camera, &ever(), &page()).await.unwrap();
    assert_eq!(after.items.len(), segments.items.len() + 1, "the row without a file stays");
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_over_is_measured_and_short_days_are_told() {
    let studio = Studio::open().await;
    studio.recorded(&studio.world.platform, 2).await;
    let (platform, world) = (&studio.world.platform, &studio.world);
    let ask = world.ask(studio.manager);
    let tomorrow = world.now() + SignedDuration::from_hours(24);
    assert_eq!(platform.close_days(tomorrow).await.unwrap(), 1);
    let today = domain::beijing::day_of(tomorrow);
    let health = platform.recording_health(&ask, today, &page()).await.unwrap().items;
    assert_eq!((health[0].proof.days_required, health[0].proof.days_kept), (1, 0), "{health:?}");
    let filter = AlarmFilter { camera_id: Some(studio.camera), ..AlarmFilter::default() };
    let alarms = platform.alarms(&ask, &filter, &page()).await.unwrap().items;
    assert_eq!(alarms.iter().map(|row| row.alarm.code.as_str()).collect::<Vec<_>>(), ["V05"]);
    studio.close().await;
}

fn ever() -> Span {
    Span::new(jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX)
}
