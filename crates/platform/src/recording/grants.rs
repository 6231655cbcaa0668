//! Grants: whoever gave a reason may look at what they gave it for, and for two hours. In memory; after a restart one asks again, and that is another
//! row of the register.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::ids::{CameraId, UserId};
use domain::recording::{LookupKind, Span};
use jiff::{SignedDuration, Timestamp};

use crate::PlatformError;

/// How long a grant holds: an inquiry, not a shift.
pub(super) const GRANT_HOLDS: SignedDuration = SignedDuration::from_hours(2);
/// Grants that are remembered; beyond it those that end soonest are forgotten, and their people are asked again.
const GRANTS_MAX: usize = 20_000;

/// What somebody may look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) user_id: UserId,
    pub(super) camera_id: CameraId,
    pub(super) span: Span,
    pub(super) kind: LookupKind,
    pub(super) until: Timestamp,
    /// Row of the register.
    pub(super) seq: i64,
}

/// Every grant that holds, by its token.
#[derive(Default)]
pub(super) struct Grants {
    by_token: Mutex<HashMap<String, Grant>>,
}

/// What is asked for in the name of a grant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub(super) user_id: Option<UserId>,
    pub(super) camera_id: CameraId,
    pub(super) span: Span,
    pub(super) kind: LookupKind,
}

impl Grants {
    pub(super) fn add(&self, token: String, grant: Grant, now: Timestamp) {
        let mut by_token = self.by_token.lock().unwrap_or_else(PoisonError::into_inner);
        if by_token.len() >= GRANTS_MAX {
            by_token.retain(|_, known| known.until > now);
            let mut ends: Vec<Timestamp> = by_token.values().map(|known| known.until).collect();
            ends.sort_unstable();
            if let Some(middle) = ends.get(GRANTS_MAX / 2) {
                by_token.retain(|_, known| known.until > *middle);
            }
        }
        by_token.insert(token, grant);
    }

    /// The grant that covers a wish, or why there is none.
    pub(super) fn check(&self, token: &str, wish: &Wish, now: Timestamp) -> Result<Grant, PlatformError> {
        let refused = |why: &str| Err(PlatformError::LookupNeeded(why.to_owned()));
        if token.is_empty() {
            return refused(
                "say why first: POST /api/lookups answers the grant to name here 请先登记调阅事由",
            );
        }
        let known = self.by_token.lock().unwrap_or_else(PoisonError::into_inner).get(token).copied();
        match known {
            // Another person's is no different from none.
            None => refused("no such grant; say again why 调阅授权无效，请重新登记事由"),
            Some(grant) if Some(grant.user_id) != wish.user_id => {
                refused("no such grant; say again why 调阅授权无效，请重新登记事由")
            }
            Some(grant) if grant.until <= now => {
                refused("the grant has ended; say again why 调阅授权已过期，请重新登记事由")
            }
            Some(grant) if grant.camera_id != wish.camera_id => {
                refused("the grant is for another camera 调阅授权不含该摄像机")
            }
            Some(grant) if wish.span.start < grant.span.start || wish.span.end > grant.span.end => {
                refused("the grant is for another time 调阅授权不含该时段")
            }
            Some(grant) if wish.kind == LookupKind::Playback && grant.kind == LookupKind::Search => {
                refused("the grant is for a search and not for playback 该授权仅可检索，不可回放")
            }
            Some(grant) => Ok(grant),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn at(s: i64) -> Timestamp {
        Timestamp::from_second(s).unwrap()
    }

    #[test]
    fn a_grant_holds_for_its_person_camera_time_and_kind() {
        let grants = Grants::default();
        let (user, camera) = (UserId(Uuid::from_u128(1)), CameraId(Uuid::from_u128(2)));
        let span = Span::new(at(100), at(200));
        let grant = Grant {
            user_id: user,
            camera_id: camera,
            span,
            kind: LookupKind::Search,
            until: at(1000),
            seq: 7,
        };
        grants.add("t".to_owned(), grant, at(0));
        let wish = Wish { user_id: Some(user), camera_id: camera, span, kind: LookupKind::Search };
        assert_eq!(grants.check("t", &wish, at(999)).unwrap().seq, 7);
        let other = Some(UserId(Uuid::from_u128(9)));
        for (token, wish, now) in [
            ("", wish, 0),
            ("u", wish, 0),
            ("t", wish, 1000),
            ("t", Wish { user_id: other, ..wish }, 0),
            ("t", Wish { user_id: None, ..wish }, 0),
            ("t", Wish { camera_id: CameraId(Uuid::from_u128(3)), ..wish }, 0),
            ("t", Wish { span: Span::new(at(99), at(200)), ..wish }, 0),
            ("t", Wish { span: Span::new(at(100), at(201)), ..wish }, 0),
            ("t", Wish { kind: LookupKind::Playback, ..wish }, 0),
        ] {
            assert!(grants.check(token, &wish, at(now)).is_err(), "{token} {wish:?} at {now}");
        }
    }
}
