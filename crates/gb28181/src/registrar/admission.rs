//! What the owner of the devices says about an id.

use std::borrow::Cow;

use crate::digest::Secret;

/// The owner's word on an id. There is no variant that lets a device in without proof.
#[derive(Debug, Clone)]
pub enum Admission<'d> {
    /// May register when it proves itself.
    Approved(Approved<'d>),
    /// Nobody has decided. It is written into the waiting list and refused. With a commissioning password of the site, it is challenged first,
    /// and the list then says whether it knew it.
    Unknown {
        /// The commissioning password, if the site has one.
        commissioning: Option<Proof<'d>>,
    },
    /// Somebody has decided against it.
    Blocked,
}

/// A device that may register.
#[derive(Debug, Clone)]
pub struct Approved<'d> {
    /// What it must know.
    pub proof: Proof<'d>,
    /// How it is to be treated.
    pub terms: Terms,
    /// Another server that it is to register at (2022, 302): the `Contact` value, `sip:<server id>@<ip>:<port>`.
    pub redirect: Option<Cow<'d, str>>,
}

/// A device's secret; not printed.
#[derive(Clone)]
pub enum Proof<'d> {
    /// The password.
    Password(Cow<'d, [u8]>),
    /// MD5 of `id:realm:password`; keeps passwords out of memory, and cannot serve SHA-256.
    Ha1Md5([u8; 16]),
}

impl Proof<'_> {
    pub(super) fn secret(&self) -> Secret<'_> {
        match self {
            Self::Password(password) => Secret::Password(password),
            Self::Ha1Md5(hash) => Secret::Ha1Md5(hash),
        }
    }
}

impl std::fmt::Debug for Proof<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Proof(…)")
    }
}

/// Per-device switches of the registrar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Seconds between keep-alives. Absurd values count as the default: a null in a table must not kill a device (WVP#1902, PR#2220).
    pub keepalive_s: u16,
    /// Keep-alives that may be missed; 0 for the default.
    pub misses: u8,
    /// Whether `Date` is sent. Some sites must switch it off, because cameras set their clock from it (WVP#1700).
    pub time_sync: bool,
    /// Whether requests from another IP address than the registered one are believed. Otherwise they are refused and the device registers
    /// again from there, with its digest. For devices on mobile networks whose address changes by the minute.
    pub roaming: bool,
}

impl Default for Terms {
    fn default() -> Self {
        Self { keepalive_s: 60, misses: 3, time_sync: true, roaming: false }
    }
}

impl Terms {
    /// The interval that is really used, in milliseconds.
    pub(super) fn interval_ms(self) -> u64 {
        // 5 s is the shortest that devices offer, 3 600 s already longer than any NAT keeps a mapping.
        if (5..=3_600).contains(&self.keepalive_s) { u64::from(self.keepalive_s) * 1_000 } else { 60_000 }
    }

    /// The misses that are really allowed.
    pub(super) fn misses_allowed(self) -> u64 {
        if self.misses == 0 { 3 } else { u64::from(self.misses) }
    }
}
