//! How far exports are that are being written: kept in memory alone, because after a restart an export is written anew.
//!
//! The share is one of time: of the stretch that is wanted, how much is dealt with. Within a film that is copied the bytes stand for the time,
//! since it is written from its first byte to its last. A stretch without a picture is dealt with at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::ExportId;
use domain::recording::Span;
use jiff::Timestamp;

/// The shares of all exports that are being written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shares(Arc<Mutex<HashMap<ExportId, f64>>>);

/// One export that is being written. Dropping it forgets its share.
#[derive(Debug)]
pub(super) struct Writing {
    shares: Shares,
    id: ExportId,
    wanted: Span,
}

/// One film of an export.
#[derive(Debug)]
pub(super) struct FilmWriting {
    shares: Shares,
    id: ExportId,
    from: f64,
    to: f64,
}

impl Shares {
    /// From 0 to 1; none for an export that is not being written.
    pub(crate) fn of(&self, id: ExportId) -> Option<f64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id).copied()
    }

    /// An export was taken back: whoever writes it hears so at the next share.
    pub(super) fn forget(&self, id: ExportId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// An export is begun.
    pub(super) fn begin(&self, id: ExportId, wanted: Span) -> Writing {
        self.set(id, 0.0);
        Writing { shares: self.clone(), id, wanted }
    }

    fn set(&self, id: ExportId, share: f64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id, share);
    }
}

impl Writing {
    /// Everything before this moment is dealt with.
    pub(super) fn reached(&self, until: Timestamp) {
        self.shares.set(self.id, self.share_at(until));
    }

    /// A film is begun, of a part of what is wanted.
    pub(super) fn film(&self, span: &Span) -> FilmWriting {
        let (from, to) = (self.share_at(span.start), self.share_at(span.end));
        FilmWriting { shares: self.shares.clone(), id: self.id, from, to }
    }

    fn share_at(&self, moment: Timestamp) -> f64 {
        let whole = self.wanted.end.duration_since(self.wanted.start).as_secs_f64();
        let part = moment.duration_since(self.wanted.start).as_secs_f64();
        if whole > 0.0 { (part / whole).clamp(0.0, 1.0) } else { 1.0 }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        self.shares.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

impl FilmWriting {
    /// So much of the film is written, 0 to 1. Whether it is still wanted.
    pub(super) fn at(&self, done: f64) -> bool {
        let share = self.from + (self.to - self.from) * done.clamp(0.0, 1.0);
        let mut shares = self.shares.0.lock().unwrap_or_else(PoisonError::into_inner);
        shares.get_mut(&self.id).map(|known| *known = share).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    fn hours(from: i64, to: i64) -> Span {
        let at = |hour| Timestamp::UNIX_EPOCH + SignedDuration::from_hours(hour);
        Span::new(at(from), at(to))
    }

    #[test]
    fn a_share_grows_with_the_films_and_is_gone_when_the_export_is_written() {
        let (shares, id) = (Shares::default(), ExportId(uuid::Uuid::from_u128(1)));
        assert_eq!(shares.of(id), None);
        let writing = shares.begin(id, hours(0, 4));
        let mut seen = vec![shares.of(id).unwrap()];
        let first = writing.film(&hours(0, 1));
        for done in [0.5, 1.0] {
            assert!(first.at(done));
            seen.push(shares.of(id).unwrap());
        }
        // Nothing was recorded in the second and third hour.
        writing.reached(hours(0, 3).end);
        seen.push(shares.of(id).unwrap());
        writing.film(&hours(3, 4)).at(1.0);
        seen.push(shares.of(id).unwrap());
        assert_eq!(seen, [0.0, 0.125, 0.25, 0.75, 1.0]);
        drop(writing);
        assert_eq!(shares.of(id), None);
    }

    #[test]
    fn what_was_taken_back_is_no_longer_wanted() {
        let (shares, id) = (Shares::default(), ExportId(uuid::Uuid::from_u128(3)));
        let writing = shares.begin(id, hours(0, 1));
        let film = writing.film(&hours(0, 1));
        shares.forget(id);
        assert!(!film.at(0.5));
        assert_eq!(shares.of(id), None);
    }

    #[test]
    fn a_film_that_is_longer_than_it_said_is_not_more_than_whole() {
        let (shares, id) = (Shares::default(), ExportId(uuid::Uuid::from_u128(2)));
        let writing = shares.begin(id, hours(0, 1));
        writing.film(&hours(0, 1)).at(2.5);
        assert_eq!(shares.of(id), Some(1.0));
    }
}
