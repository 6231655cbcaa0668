//! Video as pictures: key frames in, observations out.
//!
//! This crate reports what it sees, never what it means. It knows no alarms, people, levels or places; it does
//! not ask what time it is, read the network or keep anything on disk.
//!
//! The way of a picture: [`decode`] turns a key frame into planes, [`gate`] says whether anything changed,
//! [`scale`] makes it small, [`model`] runs on [`engine`] and scores it, [`confirm`] waits until several looks
//! agree. [`room_code`] reads the code on a duty room's screen. Beside the model, [`health`] says whether the picture can be trusted and [`view`] compares it with the scene as it was. [`pipeline`] joins these for one
//! camera:
//!
//! ```no_run
//! # fn main() -> Result<(), vision::WeightsError> {
//! # let (access_unit, now) = (&[][..], jiff::Timestamp::UNIX_EPOCH);
//! let model = std::sync::Arc::new(vision::FireSmoke::embedded()?);
//! let mut worker = vision::Worker::new(model.clone()); // one for each thread
//! let mut camera = vision::CameraWatch::new(&model); // one for each camera
//! let look = camera.look(&mut worker, now, vision::Coding::H264, access_unit);
//! for observation in look.observations {
//!     println!("{} {:?} {:.2}", observation.kind.as_str(), observation.certainty, observation.score);
//! }
//! # Ok(())
//! # }
//! ```

mod coding;
pub mod confirm;
pub mod decode;
pub mod disguise;
pub mod encode;
pub mod engine;
pub mod evaluate;
pub mod gate;
pub mod health;
pub mod lettering;
mod median;
pub mod model;
pub mod observation;
pub mod people;
pub mod picture;
pub mod pipeline;
pub mod presence;
pub mod regions;
pub mod room_code;
pub mod scale;
pub mod transcode;
mod two_wheels;
pub mod video;
pub mod view;

pub use coding::Coding;
pub use decode::{DecodeError, KeyframeDecoder};
pub use disguise::{Disguise, EmptyRoom};
pub use encode::{Coded, EncodeError, EncoderSettings, VideoEncoder};
pub use engine::WeightsError;
pub use gate::Verdict;
pub use health::{Condition, ConditionChange, ConditionStep, Health};
pub use lettering::{FontUnreadable, Watermark};
pub use model::{FireSmoke, Thresholds};
pub use observation::{Certainty, Detection, Evidence, Kind, Observation, Rect, Region};
pub use people::{Object, ObjectKind, People};
pub use picture::{Picture, PictureError, draw_boxes, encode_jpeg};
pub use pipeline::{CameraWatch, Look, LookError, Timings, WatchedZone, Worker};
pub use presence::{
    PresenceEvent, PresenceLook, PresenceMinute, PresenceReport, PresenceRules, PresenceWatch,
};
pub use room_code::{RoomCodeRead, read_room_code};
pub use transcode::{Alter, TranscodeSettings, Transcoder};
pub use video::{Shown, Times, VideoDecoder};
pub use view::{LeftObject, Polygon, PolygonError, ReferencePicture, ZoneState};
