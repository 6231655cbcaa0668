//! How often and how much: tries of secrets per address and per name, uploads per account, open streams per account.
//!
//! These are brakes in memory. The lock of an account after failed tries is a row and belongs to `platform`.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::UserId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::problem::Problem;

/// Sign-in tries per minute from one address; a school behind one address signs in together at eight.
pub const SIGN_IN_PER_ADDRESS_MIN: u32 = 30;
/// Sign-in tries per minute with one name.
pub const SIGN_IN_PER_NAME_MIN: u32 = 10;
/// One-time links tried per minute from one address.
pub const ONE_TIME_PER_ADDRESS_MIN: u32 = 20;
/// Set-up codes tried per minute from one address; the code has 60 bits.
pub const SET_UP_PER_ADDRESS_MIN: u32 = 5;
/// Spreadsheets per minute from one account; each costs parsing and a large transaction.
pub const IMPORT_PER_ACCOUNT_MIN: u32 = 6;
/// Tables as files per minute from one account; the largest holds every unit of the province.
pub const EXPORT_PER_ACCOUNT_MIN: u32 = 20;
/// Documents linted per minute from one account.
pub const LINT_PER_ACCOUNT_MIN: u32 = 30;
/// Look-ups of published bulletins per minute from one address; an office behind one address checks a hand-out together.
pub const LOOK_UP_PER_ADDRESS_MIN: u32 = 60;
/// Copies checked per minute from one address; each may cost a core for a second.
pub const VERIFY_PER_ADDRESS_MIN: u32 = 10;
/// Applications of organisations per minute from one address; how many in a day is the desk's to say.
pub const APPLY_PER_ADDRESS_MIN: u32 = 10;
/// Pictures per minute from one account; each may cost a call to a recorder.
pub const CAPTURE_PER_ACCOUNT_MIN: u32 = 30;
/// Test messages to own browsers per minute from one account; each is a request to a push service.
pub const PUSH_TEST_PER_ACCOUNT_MIN: u32 = 10;
/// Pictures put per minute from one address: a district of cameras behind one address, and nobody who tries tokens.
pub const UPLOAD_PER_ADDRESS_MIN: u32 = 600;
/// Event streams open at a time per account: a seat, a phone and some tabs.
pub const EVENT_STREAMS_MAX: usize = 10;
/// Live pictures open at a time per account: a wall of sixteen and some to spare.
pub const LIVE_STREAMS_MAX: usize = 20;
/// Voices at a time per account: a person has one, and the one before may be ending.
pub const VOICES_MAX: usize = 2;
/// Keys remembered before those that no longer matter are forgotten.
const KEYS_MAX: usize = 10_000;

/// A brake for one kind of act, by key.
pub struct Brake {
    limiter: DefaultKeyedRateLimiter<u64>,
}

impl Brake {
    fn per_minute(count: u32) -> Self {
        let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
        Self { limiter: RateLimiter::keyed(Quota::per_minute(count)) }
    }

    /// Counts one act, or says when to come back. Keys are kept as hashes, so that a long name costs no memory.
    pub fn count(&self, key: impl Hash) -> Result<(), Problem> {
        if self.limiter.len() > KEYS_MAX {
            self.limiter.retain_recent();
        }
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        self.limiter.check_key(&hasher.finish()).map_err(|early| {
            let wait = early.wait_time_from(DefaultClock::default().now());
            Problem::limit("too many tries; wait a moment", wait.as_secs() + 1)
        })
    }
}

/// All brakes of the server.
pub struct Limits {
    sign_in_address: Brake,
    sign_in_name: Brake,
    one_time: Brake,
    set_up: Brake,
    import: Brake,
    export: Brake,
    lint: Brake,
    look_up: Brake,
    verify: Brake,
    apply: Brake,
    capture: Brake,
    push_test: Brake,
    upload: Brake,
    /// Open event streams.
    pub events: Seats,
    /// Open live pictures.
    pub live: Seats,
    /// Voices.
    pub voices: Seats,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in_address: Brake::per_minute(SIGN_IN_PER_ADDRESS_MIN),
            sign_in_name: Brake::per_minute(SIGN_IN_PER_NAME_MIN),
            one_time: Brake::per_minute(ONE_TIME_PER_ADDRESS_MIN),
            set_up: Brake::per_minute(SET_UP_PER_ADDRESS_MIN),
            import: Brake::per_minute(IMPORT_PER_ACCOUNT_MIN),
            export: Brake::per_minute(EXPORT_PER_ACCOUNT_MIN),
            lint: Brake::per_minute(LINT_PER_ACCOUNT_MIN),
            look_up: Brake::per_minute(LOOK_UP_PER_ADDRESS_MIN),
            verify: Brake::per_minute(VERIFY_PER_ADDRESS_MIN),
            apply: Brake::per_minute(APPLY_PER_ADDRESS_MIN),
            capture: Brake::per_minute(CAPTURE_PER_ACCOUNT_MIN),
            push_test: Brake::per_minute(PUSH_TEST_PER_ACCOUNT_MIN),
            upload: Brake::per_minute(UPLOAD_PER_ADDRESS_MIN),
            events: Seats::new(EVENT_STREAMS_MAX),
            live: Seats::new(LIVE_STREAMS_MAX),
            voices: Seats::new(VOICES_MAX),
        }
    }
}

impl Limits {
    /// A try to sign in by name and password.
    pub fn sign_in(&self, address: IpAddr, name: &str) -> Result<(), Problem> {
        self.sign_in_address.count(address)?;
        self.sign_in_name.count(name)
    }

    /// An application of an organisation.
    pub fn apply(&self, address: IpAddr) -> Result<(), Problem> {
        self.apply.count(address)
    }

    /// A try of a one-time link.
    pub fn one_time(&self, address: IpAddr) -> Result<(), Problem> {
        self.one_time.count(address)
    }

    /// A try of the set-up code.
    pub fn set_up(&self, address: IpAddr) -> Result<(), Problem> {
        self.set_up.count(address)
    }

    /// A document to be linted.
    pub fn lint(&self, account: UserId) -> Result<(), Problem> {
        self.lint.count(account)
    }

    /// A look-up of a published bulletin.
    pub fn look_up(&self, address: IpAddr) -> Result<(), Problem> {
        self.look_up.count(address)
    }

    /// A copy to be checked.
    pub fn verify(&self, address: IpAddr) -> Result<(), Problem> {
        self.verify.count(address)
    }

    /// A picture of a channel.
    pub fn capture(&self, account: UserId) -> Result<(), Problem> {
        self.capture.count(account)
    }

    /// A test message to an own browser.
    pub fn push_test(&self, account: UserId) -> Result<(), Problem> {
        self.push_test.count(account)
    }

    /// A picture put by a device.
    pub fn upload(&self, address: IpAddr) -> Result<(), Problem> {
        self.upload.count(address)
    }

    /// An upload of a spreadsheet.
    pub fn import(&self, account: UserId) -> Result<(), Problem> {
        self.import.count(account)
    }

    /// A table as a file.
    pub fn export(&self, account: UserId) -> Result<(), Problem> {
        self.export.count(account)
    }
}

/// Places for open streams, so many per account.
#[derive(Clone)]
pub struct Seats {
    taken: Arc<Mutex<HashMap<UserId, usize>>>,
    most: usize,
}

impl Seats {
    fn new(most: usize) -> Self {
        Self { taken: Arc::default(), most }
    }

    /// Takes a place, which is given back by dropping it.
    pub fn take(&self, account: UserId) -> Result<Seat, Problem> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(account).or_default();
        if *count >= self.most {
            return Err(Problem::limit("too many open streams for one account; close some", 10));
        }
        *count += 1;
        Ok(Seat { seats: self.clone(), account })
    }
}

/// One taken place.
pub struct Seat {
    seats: Seats,
    account: UserId,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_braked_whatever_the_address() {
        let limits = Limits::default();
        for n in 0..SIGN_IN_PER_NAME_MIN {
            let address = IpAddr::from([192, 0, 2, u8::try_from(n).unwrap()]);
            limits.sign_in(address, "guard").unwrap();
        }
        let refused = limits.sign_in(IpAddr::from([192, 0, 2, 99]), "guard").unwrap_err();
        assert_eq!(refused.status, 429);
        limits.sign_in(IpAddr::from([192, 0, 2, 99]), "other").unwrap();
    }

    #[test]
    fn a_seat_is_free_again_when_its_stream_ends() {
        let seats = Seats::new(1);
        let account = UserId(uuid::Uuid::from_u128(1));
        let seat = seats.take(account).unwrap();
        assert!(seats.take(account).is_err());
        assert!(seats.take(UserId(uuid::Uuid::from_u128(2))).is_ok());
        drop(seat);
        assert!(seats.take(account).is_ok());
    }
}
