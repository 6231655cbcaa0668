//! How much may still be written to a disk.
//!
//! Two limits hold at once: the quota, which counts our own bytes, and the head-room, which is what must stay free of the whole file
//! system. Room is taken *before* a byte is written, so that a disk is never found full in the middle of a fragment by our own doing.
//! What has to go when room runs short is decided elsewhere; here is only said how much.

use super::files::Space;

/// Room asked for beyond the next write when telling how much should be freed: about a minute of 100 cameras of 4 Mbit/s, so that
/// whoever frees stays ahead of the writers.
const AHEAD_BYTES: u64 = 3 << 30;

/// Limits of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoomLimits {
    /// Most bytes of footage of ours.
    pub quota_bytes: u64,
    /// What stays free of the file system, whoever fills it.
    pub head_room_bytes: u64,
}

/// What is used and what is left, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    limits: RoomLimits,
    used_bytes: u64,
    space: Space,
}

impl Room {
    /// A disk on which the ledger knows of `used_bytes`.
    pub fn new(limits: RoomLimits, used_bytes: u64, space: Space) -> Self {
        Self { limits, used_bytes, space }
    }

    /// Our own bytes, reserved ones among them.
    pub fn used_bytes(&self) -> u64 {
        self.used_bytes
    }

    /// Limits it was made with.
    pub fn limits(&self) -> RoomLimits {
        self.limits
    }

    /// Free bytes of the file system when last asked, less what was reserved since.
    pub fn free_bytes(&self) -> u64 {
        self.space.free_bytes
    }

    /// How much may still be written.
    pub fn left_bytes(&self) -> u64 {
        let by_quota = self.limits.quota_bytes.saturating_sub(self.used_bytes);
        by_quota.min(self.space.free_bytes.saturating_sub(self.limits.head_room_bytes))
    }

    /// How much has to be deleted so that recording goes on for a while; 0 when there is room.
    pub fn to_free_bytes(&self) -> u64 {
        // On a small disk a hundredth must do.
        let ahead = AHEAD_BYTES.min(self.limits.quota_bytes / 100);
        ahead.saturating_sub(self.left_bytes())
    }

    /// Takes room for a write; `false` and nothing taken where there is none.
    pub(super) fn reserve(&mut self, bytes: u64) -> bool {
        if bytes > self.left_bytes() {
            return false;
        }
        self.used_bytes += bytes;
        self.space.free_bytes -= bytes;
        true
    }

    /// Bytes that were deleted, or reserved and not written.
    pub(super) fn give_back(&mut self, bytes: u64) {
        self.used_bytes = self.used_bytes.saturating_sub(bytes);
        self.space.free_bytes = self.space.free_bytes.saturating_add(bytes).min(self.space.total_bytes);
    }

    /// What the file system says now.
    pub(super) fn measured(&mut self, space: Space) {
        self.space = space;
    }

    /// The file system said that it is full, whatever we had counted.
    pub(super) fn is_full(&mut self) {
        self.space.free_bytes = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(quota_bytes: u64, head_room_bytes: u64, free_bytes: u64) -> Room {
        let space = Space { free_bytes, total_bytes: 10_000 };
        Room::new(RoomLimits { quota_bytes, head_room_bytes }, 0, space)
    }

    #[test]
    fn what_is_reserved_counts_before_it_is_written() {
        let mut room = room(1_000, 0, 5_000);
        assert!(room.reserve(900) && !room.reserve(101) && room.reserve(100));
        assert_eq!((room.used_bytes(), room.left_bytes(), room.free_bytes()), (1_000, 0, 4_000));
    }

    #[test]
    fn others_filling_the_disk_are_noticed_before_it_is_full() {
        let mut room = room(1_000, 200, 5_000);
        room.measured(Space { free_bytes: 250, total_bytes: 10_000 });
        assert!(!room.reserve(51) && room.reserve(50) && !room.reserve(1));
    }

    #[test]
    fn freeing_is_asked_for_before_the_last_byte_and_ends_it() {
        let mut room = room(1_000, 0, 5_000);
        assert!(room.reserve(980) && room.to_free_bytes() == 0);
        assert!(room.reserve(15));
        assert_eq!(room.to_free_bytes(), 5);
        room.give_back(5);
        assert_eq!(room.to_free_bytes(), 0);
    }
}
