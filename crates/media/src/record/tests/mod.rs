//! Stories of the recorder: what is kept, what is lost and how that is told, and what can be read afterwards.

mod crash;
mod deleting;
mod failing_disks;
mod foreign;
mod hostile;
mod reading;
mod recording;
mod support;
