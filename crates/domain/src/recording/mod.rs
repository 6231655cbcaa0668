//! Recording (录像): how long it has to stay and when it has to go, what is missing and why, who may look it up.
//!
//! Nothing here touches a file. The recorder says what it wrote and what it saw of the camera; these rules say what that means: gaps
//! and minutes of a day, whether the days that the law wants are there, which stretch goes next. The one idea needed to read it: **a
//! recording belongs to the Beijing day on which it ends, and ages in whole days**, so that "30 days" is something one can count on a
//! calendar.

pub mod alteration;
pub mod clip;
pub mod day;
pub mod deletion;
pub mod disk;
pub mod export;
pub mod gap;
pub mod lookup;
pub mod pin;
pub mod retention;
pub mod span;

pub use alteration::{Alteration, AlterationError, PictureArea};
pub use day::{CameraDay, DayMeasure, Proof, measure_day, prove};
pub use deletion::{Candidate, DeletionWhy, Due, Going, due};
pub use disk::{BucketTakes, DiskState};
pub use export::{ExportEvent, ExportState};
pub use gap::{Gap, GapCause, StateSpan, cause_of};
pub use lookup::{LookupKind, LookupReason};
pub use retention::{FloorBasis, Retention, RetentionClass, RetentionError, Standing};
pub use span::{Span, overlap, subtract, total_us, union};
