//! Recordings that move to a bucket are played as before, and nothing is lost or doubled whatever the bucket does.

use domain::access::Access;
use domain::ids::DiskId;
use domain::recording::{BucketTakes, DiskState, Span};
use jiff::SignedDuration;
use platform::recording::{BucketEdit, BucketRule, DifferenceKind, DiskEdit, DiskView, NewBucket};
use platform::rows::{DeletionFilter, PageAsk, SegmentRow, Store};
use platform::{Ask, Platform, PlatformError};
use simulator::storage::{Storage, StorageFaults};

use crate::studio::Studio;

const KEY: &str = "SCHOOLKEY";
const SECRET: &str = "open-sesame";

/// A studio beside a service; some seconds were recorded and the platform is stopped, so that every file is finished.
struct Setting {
    studio: Studio,
    service: Storage,
    platform: Platform,
    span: Span,
    store: Store,
}

impl Setting {
    async fn open() -> Self {
        let service = Storage::start("footage", KEY, SECRET).await.unwrap();
        let studio = Studio::open().await;
        let span = studio.recorded(&studio.world.platform, 4).await;
        studio.world.platform.stop().await;
        // A camera's clock may be a little ahead of ours.
        studio.world.wait_s(60);
        let (platform, store) = (studio.world.recording_again().await, studio.world.store().await);
        Self { studio, service, platform, span, store }
    }

    fn ask(&self) -> Ask {
        self.studio.world.ask(Access::PLATFORM)
    }

    fn bucket(&self) -> NewBucket {
        NewBucket {
            name: "对象存储".to_owned(),
            quota_bytes: 1 << 30,
            endpoint: self.service.endpoint(),
            region: "us-east-1".to_owned(),
            bucket: "footage".to_owned(),
            prefix: "one".to_owned(),
            path_style: true,
            access_key_id: KEY.to_owned(),
            secret: SECRET.to_owned(),
            rule: BucketRule { takes: BucketTakes::All, after_hours: 0, bytes_per_second_max: None },
        }
    }

    async fn hang(&self) -> DiskView {
        self.platform.add_recording_bucket(&self.ask(), self.bucket()).await.unwrap()
    }

    async fn move_due(&self) -> u64 {
        self.platform.move_due(self.studio.world.now()).await.unwrap()
    }

    async fn segments(&self) -> Vec<SegmentRow> {
        let span = self.studio.lately();
        let page = PageAsk::first(200);
        self.store.segments(&Access::PLATFORM, self.studio.camera, &span, &page).await.unwrap().items
    }

    async fn disk(&self, id: DiskId) -> DiskView {
        let disks = self.platform.recording_disks(&self.ask()).await.unwrap();
        disks.into_iter().find(|view| view.row.disk.id == id).unwrap()
    }

    /// Objects that are footage.
    fn objects(&self) -> usize {
        self.service.keys().iter().filter(|key| !key.ends_with("watchfire-disk.json")).count()
    }

    /// Files of footage in the folder.
    fn files(&self) -> usize {
        let root = self.studio.world.folder.path().join("recordings");
        let root = root.join(self.studio.camera.0.simple().to_string());
        let days = std::fs::read_dir(root).into_iter().flatten().flatten();
        days.map(|day| std::fs::read_dir(day.path()).map_or(0, Iterator::count)).sum()
    }

    async fn film(&self) -> Vec<u8> {
        self.studio.film(&self.platform, self.span).await.unwrap()
    }

    async fn close(self) {
        self.platform.stop().await;
        self.studio.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_moved_is_played_byte_by_byte_as_before() {
    let setting = Setting::open().await;
    let (before, segments) = (setting.film().await, setting.segments().await.len());
    let view = setting.hang().await;
    let bucket = view.row.disk.id;
    assert_eq!(view.bucket.unwrap().waiting.segments, segments as i64);
    let moved = setting.move_due().await;
    assert_eq!(moved, segments as u64, "{:?} {:?}", setting.disk(bucket).await, setting.service.take_asked());
    assert_eq!(
        (setting.objects(), setting.files()),
        (segments, segments),
        "what is left behind stays a while"
    );
    assert!(setting.segments().await.iter().all(|one| one.disk_id == bucket));
    setting.studio.world.wait_s(3_600);
    setting.platform.delete_due(setting.studio.world.now()).await.unwrap();
    assert_eq!((setting.objects(), setting.files()), (segments, 0));
    assert!(setting.film().await == before, "another film comes from the bucket");
    assert_eq!(setting.move_due().await, 0);
    let report = setting.platform.check_recordings(false).await.unwrap();
    assert!(report.is_clean() && report.files == segments as u64, "{report:?}");
    for row in setting.store.disks().await.unwrap() {
        assert!(setting.store.recount_disk(row.disk.id).await.unwrap(), "the sums were wrong: {row:?}");
    }
    setting.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_between_copy_and_row_loses_and_doubles_nothing() {
    let setting = Setting::open().await;
    let (before, segments) = (setting.film().await, setting.segments().await.len());
    let bucket = setting.hang().await.row.disk.id;
    // The service has the object and never says so: as if the program had been killed right then.
    setting.service.set_faults(StorageFaults { forgets_answers: true, ..StorageFaults::default() });
    assert_eq!(setting.move_due().await, 0);
    assert_eq!(setting.objects(), 1);
    assert!(
        setting.segments().await.iter().all(|one| one.disk_id != bucket) && setting.film().await == before
    );
    setting.service.set_faults(StorageFaults::default());
    let found = setting.platform.check_recordings(false).await.unwrap();
    let kinds: Vec<_> = found.differences.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [DifferenceKind::NotUnlinked], "the copy is known");
    setting.studio.world.wait_s(3_600);
    assert_eq!(setting.move_due().await, segments as u64);
    assert_eq!(setting.objects(), segments);
    assert!(setting.film().await == before);
    setting.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bucket_that_is_away_leaves_footage_where_it_is_and_comes_back_by_itself() {
    let setting = Setting::open().await;
    let segments = setting.segments().await.len() as u64;
    let id = setting.hang().await.row.disk.id;
    setting.service.set_faults(StorageFaults { is_away: true, ..StorageFaults::default() });
    assert_eq!(setting.move_due().await, 0);
    let out = setting.disk(id).await.bucket.unwrap().out.unwrap();
    assert_eq!(out.0, "bucket_unreachable", "{}", out.1);
    let told = state_becomes(&setting, id, DiskState::Failed).await;
    assert!(told && setting.film().await.len() > 10_000, "what is in the folder is played");
    setting.service.take_asked();
    assert_eq!(setting.move_due().await, 0);
    assert!(setting.service.take_asked().is_empty(), "not asked again at once");
    let refused = setting.platform.take_back_disk(&setting.ask(), id).await.err().unwrap();
    assert!(matches!(&refused, PlatformError::Conflict(why) if why.contains("does not answer")), "{refused}");
    setting.service.set_faults(StorageFaults::default());
    setting.studio.world.wait_s(3_600);
    assert_eq!(setting.move_due().await, segments);
    assert!(state_becomes(&setting, id, DiskState::Active).await, "in service again");
    setting.close().await;
}

async fn state_becomes(setting: &Setting, id: DiskId, state: DiskState) -> bool {
    for _ in 0..50 {
        if setting.disk(id).await.row.disk.state == state {
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_are_told_at_their_field_and_the_right_ones_are_never_shown() {
    let setting = Setting::open().await;
    let field = |error: PlatformError| match error {
        PlatformError::Invalid(fields) => (fields[0].field, fields[0].code),
        other => panic!("{other}"),
    };
    for (new, wanted) in [
        (NewBucket { secret: "wrong".to_owned(), ..setting.bucket() }, ("secret", "bucket_keys")),
        (NewBucket { access_key_id: "NOBODY".to_owned(), ..setting.bucket() }, ("secret", "bucket_keys")),
        (NewBucket { bucket: "elsewhere".to_owned(), ..setting.bucket() }, ("bucket", "bucket_missing")),
        (
            NewBucket { endpoint: "http://127.0.0.1:9".to_owned(), ..setting.bucket() },
            ("endpoint", "bucket_unreachable"),
        ),
        (
            NewBucket { endpoint: "http://169.254.169.254".to_owned(), ..setting.bucket() },
            ("endpoint", "bucket_unreachable"),
        ),
        (NewBucket { endpoint: "file:///etc".to_owned(), ..setting.bucket() }, ("endpoint", "invalid")),
    ] {
        let refused = setting.platform.add_recording_bucket(&setting.ask(), new).await.err().unwrap();
        assert_eq!(field(refused), wanted);
    }
    assert_eq!(setting.platform.recording_disks(&setting.ask()).await.unwrap().len(), 1);
    let id = setting.hang().await.row.disk.id;
    let keys = BucketEdit { secret: Some("wrong".to_owned()), ..BucketEdit::default() };
    let edit = DiskEdit { bucket: Some(keys), ..DiskEdit::default() };
    let refused = setting.platform.edit_recording_disk(&setting.ask(), id, edit).await.err().unwrap();
    assert_eq!(field(refused), ("secret", "bucket_keys"));
    let (view, again) = (setting.disk(id).await, setting.bucket());
    assert!(!format!("{view:?}").contains(SECRET) && view.row.disk.bucket.unwrap().sealed_secret.len() > 20);
    let refused = setting.platform.add_recording_bucket(&setting.ask(), again).await.err().unwrap();
    assert!(matches!(refused, PlatformError::Conflict(_)), "one bucket is one disk: {refused}");
    let manager = setting.studio.world.ask(setting.studio.manager);
    let refused = setting.platform.add_recording_bucket(&manager, setting.bucket()).await.err().unwrap();
    assert!(matches!(refused, PlatformError::Denied(_)), "{refused}");
    setting.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_bucket_under_the_same_address_is_not_touched() {
    let setting = Setting::open().await;
    let id = setting.hang().await.row.disk.id;
    let other = br#"{"uuid":"00000000-0000-7000-8000-000000000009","made_at_us":0}"#;
    setting.service.set_object("one/watchfire-disk.json", Some(other.to_vec()));
    assert_eq!((setting.move_due().await, setting.objects()), (0, 0));
    assert_eq!(setting.disk(id).await.bucket.unwrap().out.unwrap().0, "other_disk");
    setting.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_deleted_goes_from_the_bucket_too_and_leaves_its_certificate() {
    let setting = Setting::open().await;
    let segments = setting.segments().await.len();
    let id = setting.hang().await.row.disk.id;
    assert_eq!(setting.move_due().await, segments as u64);
    setting.studio.world.wait_s(31 * 86_400);
    let now = setting.studio.world.now();
    assert_eq!(setting.platform.delete_due(now).await.unwrap(), segments as u64);
    assert_eq!(setting.move_due().await, 0);
    assert_eq!((setting.objects(), setting.files(), setting.segments().await.len()), (0, 0, 0));
    let filter = DeletionFilter::default();
    let page = PageAsk::first(50);
    let certificates =
        setting.platform.recording_deletions(&setting.ask(), &filter, &page).await.unwrap().items;
    assert!(certificates.iter().all(|one| one.disk_id == id && one.removed_at.is_some()), "{certificates:?}");
    assert_eq!(certificates.iter().map(|one| one.segments).sum::<i64>(), segments as i64);
    assert_eq!(setting.disk(id).await.row.garbage_bytes, 0);
    setting.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hot_day_stays_and_evidence_goes_alone() {
    let setting = Setting::open().await;
    let rule = BucketRule { takes: BucketTakes::Evidence, after_hours: 24, bytes_per_second_max: None };
    let id =
        setting.platform.add_recording_bucket(&setting.ask(), NewBucket { rule, ..setting.bucket() }).await;
    let id = id.unwrap().row.disk.id;
    let first = setting.segments().await.swap_remove(0);
    let pin = platform::recording::PinAsk {
        camera_id: setting.studio.camera,
        span: Span::new(first.start_at, first.start_at + SignedDuration::from_secs(1)),
        reason: "摔伤事件".to_owned(),
        alarm_id: None,
        keep_until: setting.studio.world.now() + SignedDuration::from_hours(24 * 100),
    };
    setting.platform.pin_recording(&setting.ask(), pin).await.unwrap();
    assert_eq!(setting.move_due().await, 0, "the day is not over");
    setting.studio.world.wait_s(25 * 3_600);
    assert_eq!((setting.move_due().await, setting.objects()), (1, 1));
    let rule = BucketRule { takes: BucketTakes::All, ..rule };
    let edit = DiskEdit {
        bucket: Some(BucketEdit { rule: Some(rule), ..BucketEdit::default() }),
        ..DiskEdit::default()
    };
    let all = setting.platform.edit_recording_disk(&setting.ask(), id, edit).await.unwrap();
    let rest = all.bucket.unwrap().waiting.segments;
    assert_eq!(setting.move_due().await as i64, rest);
    setting.close().await;
}
