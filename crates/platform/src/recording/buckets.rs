//! Disks that are buckets of an S3 service: entered with a look at the service, connected when the platform starts, taken out when they do not answer
//! and back when they do. A bucket that is out holds nobody up: what would be moved stays where it is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::ids::DiskId;
use domain::recording::{BucketTakes, DiskState};
use jiff::{SignedDuration, Timestamp};
use media::record::{
    BucketAddress, BucketAddressError, BucketFiles, BucketKeys, IdentityError, check_identity,
};
use store::{BucketRecord, DiskRecord, DiskRow, MoveRule, WaitingToMove};
use tracing::{error, info, warn};

use super::disks::{checked_name, checked_quota, disk_object};
use super::mending::blocking;
use super::{Desk, DiskView, disk_id};
use crate::{Ask, Platform, PlatformError};

/// Until a bucket that does not answer is looked at again; twice as long after each look, up to the second.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(30);
const LOOK_AGAIN_MAX: SignedDuration = SignedDuration::from_mins(15);
/// Longest key or secret; those of services have 20 to 128 letters.
const KEY_LEN_MAX: usize = 200;
/// Longest wait before a segment moves: a year.
const AFTER_HOURS_MAX: u32 = 8_760;

/// A bucket to enter.
#[derive(Clone)]
pub struct NewBucket {
    /// Name for people.
    pub name: String,
    /// Most bytes of recordings.
    pub quota_bytes: u64,
    /// `http://` or `https://`, host and port of the service.
    pub endpoint: String,
    /// Where requests are signed for.
    pub region: String,
    /// Its name.
    pub bucket: String,
    /// Where in it the disk lies; empty: at its top.
    pub prefix: String,
    /// The bucket stands in the path of requests and not before the host.
    pub path_style: bool,
    /// The access key.
    pub access_key_id: String,
    /// Its secret.
    pub secret: String,
    /// What is moved there, when and how fast.
    pub rule: BucketRule,
}

/// What is moved to a bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BucketRule {
    /// All, or what is pinned.
    pub takes: BucketTakes,
    /// How long after its end a segment moves, hours.
    pub after_hours: u32,
    /// Most bytes of a second; none: as fast as it goes.
    pub bytes_per_second_max: Option<u64>,
}

/// Changes to a bucket; none leaves a field as it is. Where it is does not change: footage does not move with its row.
#[derive(Clone, Default)]
pub struct BucketEdit {
    /// Another access key.
    pub access_key_id: Option<String>,
    /// Another secret.
    pub secret: Option<String>,
    /// What is moved there, when and how fast.
    pub rule: Option<BucketRule>,
}

/// What is known of a bucket now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BucketView {
    /// Why it is out of service: a stable code, and words.
    pub out: Option<(&'static str, String)>,
    /// Moving to it waits for room.
    pub is_full: bool,
    /// What waits to be moved there.
    pub waiting: WaitingToMove,
}

/// What the desk remembers of buckets.
pub(super) type Buckets = HashMap<DiskId, Standing>;

/// What the desk remembers of one.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    out: Option<(&'static str, String)>,
    failures: u32,
    look_at: Option<Timestamp>,
    pub(super) is_full: bool,
}

impl Standing {
    fn failed(&mut self, code: &'static str, reason: String, now: Timestamp) {
        let wait = LOOK_AGAIN * 2_i32.pow(self.failures.min(8));
        self.failures += 1;
        self.look_at = Some(now + wait.min(LOOK_AGAIN_MAX));
        self.out = Some((code, reason));
    }
}

impl Platform {
    /// Enters a bucket as a disk: looks whether it can be written to, writes its identity, and begins to move to it.
    pub async fn add_recording_bucket(&self, ask: &Ask, new: NewBucket) -> Result<DiskView, PlatformError> {
        ask.access.need(domain::role::Capability::ManageDisks)?;
        self.need_recording()?;
        let name = checked_name(&new.name)?;
        let quota_bytes = checked_quota(new.quota_bytes)?;
        let address =
            BucketAddress::parse(&new.endpoint, &new.region, &new.bucket, &new.prefix, new.path_style)
                .map_err(|error: BucketAddressError| {
                    PlatformError::field(error.field(), "invalid", error.to_string())
                })?;
        check_rule(&new.rule)?;
        check_key("access_key_id", &new.access_key_id)?;
        check_key("secret", &new.secret)?;
        let _changing = self.inner.recording.changing.lock().await;
        let root = address.root();
        if self
            .inner
            .store
            .disks()
            .await?
            .iter()
            .any(|row| row.disk.state != DiskState::Retired && Path::new(&row.disk.folder) == root)
        {
            return Err(PlatformError::Conflict("the bucket is a disk already 该存储桶已登记".to_owned()));
        }
        let keys = BucketKeys::new(new.access_key_id.trim(), new.secret.trim());
        self.connect(&address, keys);
        let fresh = DiskId(self.inner.surroundings.id(ask.now));
        let made = self.make_disk_folder(root.clone(), fresh, "bucket").await;
        let id = match made {
            Ok(id) => id,
            Err(error) => {
                self.inner.recording.places.disconnect(&root);
                return Err(error);
            }
        };
        let disk = DiskRecord {
            id,
            name,
            folder: root.to_string_lossy().into_owned(),
            quota_bytes,
            head_room_bytes: 0,
            state: DiskState::Active,
            bucket: Some(BucketRecord {
                endpoint: address.endpoint(),
                region: address.region().to_owned(),
                bucket: address.bucket().to_owned(),
                prefix: address.prefix().to_owned(),
                path_style: address.is_path_style(),
                access_key_id: new.access_key_id.trim().to_owned(),
                sealed_secret: self.sealed(id, new.secret.trim()),
                takes: new.rule.takes,
                after_hours: i64::from(new.rule.after_hours),
                bytes_per_second_max: rate(&new.rule),
            }),
        };
        self.inner.store.add_disk(&disk, ask.access.user_id, ask.now).await?;
        self.audit(ask, "disk_add", disk_object(&disk), "ok", Some(disk.folder.clone())).await?;
        self.inner.recording.wants_move.notify_one();
        self.disk_view(ask, id).await
    }

    /// A bucket as it would be after an edit; looked at where its keys change, so that wrong ones are said at once.
    pub(super) async fn edited_bucket(
        &self,
        disk: &DiskRecord,
        mut bucket: BucketRecord,
        edit: &BucketEdit,
    ) -> Result<BucketRecord, PlatformError> {
        if let Some(rule) = &edit.rule {
            check_rule(rule)?;
            bucket.takes = rule.takes;
            bucket.after_hours = i64::from(rule.after_hours);
            bucket.bytes_per_second_max = rate(rule);
        }
        if edit.access_key_id.is_none() && edit.secret.is_none() {
            return Ok(bucket);
        }
        if let Some(key) = &edit.access_key_id {
            check_key("access_key_id", key)?;
            key.trim().clone_into(&mut bucket.access_key_id);
        }
        if let Some(secret) = &edit.secret {
            check_key("secret", secret)?;
            bucket.sealed_secret = self.sealed(disk.id, secret.trim());
        }
        let (address, keys) = self.opened(disk.id, &bucket)?;
        let files = BucketFiles::new(address, keys, self.clock());
        let id = disk_id(disk.id);
        let looked = blocking(move || check_identity(&files, &PathBuf::new(), id)).await?;
        looked.map_err(|error| refused("secret", &error))?;
        Ok(bucket)
    }

    /// Knows the buckets of all disks, so that what lies there is read, whether it is moved to or not.
    pub(super) fn connect_buckets(&self, disks: &[DiskRow]) {
        for row in disks.iter().filter(|row| row.disk.state != DiskState::Retired) {
            self.connect_disk(&row.disk);
        }
    }

    /// Knows the bucket of a disk, with its keys as they are now, and looks at it with the next round.
    pub(super) fn connect_disk(&self, disk: &DiskRecord) {
        let Some(bucket) = &disk.bucket else { return };
        match self.opened(disk.id, bucket) {
            Ok((address, keys)) => self.connect(&address, keys),
            Err(error) => error!(disk = %disk.id, %error, "bucket cannot be connected"),
        }
        self.inner.recording.buckets().remove(&disk.id);
    }

    fn connect(&self, address: &BucketAddress, keys: BucketKeys) {
        let files = BucketFiles::new(address.clone(), keys, self.clock());
        self.inner.recording.places.connect(address.root(), Arc::new(files));
    }

    fn clock(&self) -> media::Clock {
        let surroundings = self.inner.surroundings.clone();
        Arc::new(move || surroundings.now().as_microsecond())
    }

    fn opened(
        &self,
        id: DiskId,
        bucket: &BucketRecord,
    ) -> Result<(BucketAddress, BucketKeys), PlatformError> {
        let BucketRecord { endpoint, region, bucket: name, prefix, path_style, .. } = bucket;
        let address = BucketAddress::parse(endpoint, region, name, prefix, *path_style)
            .map_err(|error| PlatformError::Internal(format!("bucket of disk {id}: {error}")))?;
        let secret = self.inner.seal.open(&bucket.sealed_secret, &context(id)).ok_or_else(|| {
            PlatformError::Unavailable(format!("the secret of disk {id} was sealed with another key"))
        })?;
        Ok((address, BucketKeys::new(&bucket.access_key_id, secret)))
    }

    fn sealed(&self, id: DiskId, secret: &str) -> Vec<u8> {
        self.inner.seal.close(secret, &context(id), self.inner.surroundings.random())
    }

    /// What is known of a bucket, for people; none of a folder.
    pub(super) async fn bucket_view(
        &self,
        disk: &DiskRecord,
        now: Timestamp,
    ) -> Result<Option<BucketView>, PlatformError> {
        let Some(bucket) = &disk.bucket else { return Ok(None) };
        let standing = self.inner.recording.buckets().get(&disk.id).cloned().unwrap_or_default();
        let waiting = match disk.state {
            DiskState::Active | DiskState::Failed => {
                self.inner.store.waiting_to_move(&rule_of(bucket, now)).await?
            }
            DiskState::ReadOnly | DiskState::Retired => WaitingToMove::default(),
        };
        Ok(Some(BucketView { out: standing.out, is_full: standing.is_full, waiting }))
    }

    /// Whether a bucket may be used in this round: it is looked at, but for one that did not answer lately.
    pub(super) async fn is_bucket_there(&self, row: &DiskRow, now: Timestamp) -> Result<bool, PlatformError> {
        let look_at = self.inner.recording.buckets().get(&row.disk.id).and_then(|one| one.look_at);
        if look_at.is_some_and(|at| now < at) {
            return Ok(false);
        }
        Ok(self.look_at_bucket(row, now).await?.is_ok())
    }

    /// Looks at a bucket now: is it the right one, and does it answer?
    pub(super) async fn look_at_bucket(
        &self,
        row: &DiskRow,
        now: Timestamp,
    ) -> Result<Result<(), IdentityError>, PlatformError> {
        let (files, root) = (self.inner.recording.files(), PathBuf::from(&row.disk.folder));
        let id = disk_id(row.disk.id);
        let looked = blocking(move || check_identity(files.as_ref(), &root, id)).await?;
        if let Err(error) = &looked {
            self.bucket_out(row, error.code(), &error.to_string(), now);
            return Ok(looked);
        }
        let before = self.inner.recording.buckets().remove(&row.disk.id);
        if before.is_some_and(|one| one.out.is_some()) || row.disk.state == DiskState::Failed {
            info!(disk = %row.disk.id, root = row.disk.folder, "bucket in service again");
            self.note_disk(row.disk.id, None, "");
        }
        Ok(looked)
    }

    /// Takes a bucket out of service, loudly the first time; it is looked at again later and later.
    pub(super) fn bucket_out(&self, row: &DiskRow, code: &'static str, reason: &str, now: Timestamp) {
        let mut buckets = self.inner.recording.buckets();
        let standing = buckets.entry(row.disk.id).or_default();
        let is_new = standing.out.is_none();
        standing.failed(code, reason.to_owned(), now);
        drop(buckets);
        if is_new {
            error!(disk = %row.disk.id, root = row.disk.folder, code, reason, "bucket out of service");
            self.note_disk(row.disk.id, Some(code), reason);
        } else {
            warn!(disk = %row.disk.id, code, reason, "bucket still out of service");
        }
    }
}

impl Desk {
    pub(super) fn buckets(&self) -> std::sync::MutexGuard<'_, Buckets> {
        self.buckets.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Which segments move to a bucket at a moment.
pub(super) fn rule_of(bucket: &BucketRecord, now: Timestamp) -> MoveRule {
    let ended_before = now - SignedDuration::from_hours(bucket.after_hours);
    MoveRule { takes: bucket.takes, ended_before, now }
}

/// Why a bucket is refused, at the field that has to do with it.
pub(super) fn refused(field: &'static str, error: &IdentityError) -> PlatformError {
    let field = match error {
        IdentityError::Bucket(trouble) if trouble.code() == "bucket_keys" => "secret",
        IdentityError::Bucket(trouble) if trouble.code() == "bucket_unreachable" => "endpoint",
        IdentityError::Bucket(trouble) if trouble.code() == "bucket_elsewhere" => "region",
        _ => field,
    };
    PlatformError::field(field, error.code(), error.to_string())
}

/// What a sealed secret is bound to.
fn context(id: DiskId) -> String {
    format!("bucket {id}")
}

fn rate(rule: &BucketRule) -> Option<i64> {
    rule.bytes_per_second_max.map(|most| i64::try_from(most).unwrap_or(i64::MAX))
}

fn check_rule(rule: &BucketRule) -> Result<(), PlatformError> {
    if rule.after_hours > AFTER_HOURS_MAX {
        return Err(PlatformError::field("after_hours", "too_large", "at most 8 760 hours"));
    }
    if rule.bytes_per_second_max == Some(0) {
        return Err(PlatformError::field(
            "bytes_per_second_max",
            "too_small",
            "more than nothing, or not limited",
        ));
    }
    Ok(())
}

fn check_key(field: &'static str, key: &str) -> Result<(), PlatformError> {
    let key = key.trim();
    // They travel in a header.
    if key.is_empty() || key.len() > KEY_LEN_MAX || !key.chars().all(|c| c.is_ascii_graphic()) {
        return Err(PlatformError::field(field, "invalid", "1 to 200 letters and signs without spaces"));
    }
    Ok(())
}
