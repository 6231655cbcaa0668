//! Duty (24小时值班值守): who should be in which duty room, what shows that they are, and what a unit's minutes of duty come to.
//!
//! One idea runs through it: **a claim is not a proof**. A contract and a [`roster`] say who should be there; [`presence`] (the room's
//! camera), [`roll_call`]s and activity at the [`seat`] say who was; the [`ledger`] holds one against the other minute by minute, and
//! [`effective`] reads from it whether a unit has duty. [`falsehood`] looks for signs that presence was feigned and never finds more than a
//! suspicion; people decide. [`drill`] and [`score`] measure how well duty is done.
//!
//! Pure: seeds, digests, times and what cameras saw come in as arguments. The register of organisations, their staff and their contracts is
//! not here; of a contract only its stretch of time is used, of a certificate only its last day.

pub mod drill;
pub mod effective;
pub mod falsehood;
pub mod ledger;
pub mod minutes;
pub mod presence;
pub mod report;
pub mod roll_call;
pub mod roster;
pub mod score;
pub mod seat;

#[cfg(test)]
pub(crate) mod sha256_tests;
