//! A bucket of an S3 service as the files of a disk. Recording never goes there: a fragment is appended and synced, an object is whole or not there.
//! Finished files are moved to it, and from then on everything that reads recordings reads them here, by ranges.
//!
//! The idea needed to read it: the paths are those of a folder, below a root that looks like `s3://host/bucket/prefix`, so that whoever has a path
//! need not know what kind of disk it lies on ([`Places`]).
//!
//! Signing is ours ([`sign`]), because then the digest of the content is part of the signature and the service refuses what was damaged on the way;
//! crates that make signed addresses leave the content out. Redirects and proxies are not followed. Every call waits: not for a thread that must not.

mod endpoint;
mod files;
mod listing;
mod object;
mod places;
mod sign;
mod trouble;
mod upload;
mod wire;

pub use endpoint::{BucketAddress, BucketAddressError};
pub use files::BucketFiles;
pub use places::Places;
pub use sign::BucketKeys;
pub use trouble::BucketTrouble;
pub use upload::{Pace, Uploaded};
