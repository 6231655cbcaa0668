//! What a device has sent or wants to send (2022, A.2.5.7, A.2.5.8).

use super::block::block;
use super::time::LocalTime;

block! {
    /// Pictures that were asked for by a snapshot configuration have been uploaded.
    pub struct SnapShotsUploaded {
        /// The session of the request.
        session: String = "SessionID",
        /// What was uploaded; without a list nothing was.
        files: Option<SnapShotFiles> = "SnapShotList",
    }
}

block! {
    /// Names of uploaded pictures: the camera's id, `02`, 17 digits of time, 2 of sequence. Ten at most by the standard.
    pub struct SnapShotFiles {
        /// The names.
        ids: Vec<String> = "SnapShotFileID",
    }
}

block! {
    /// A device begins to send live pictures of its own accord.
    #[derive(Default)]
    pub struct VideoUpload {
        /// When.
        time: Option<LocalTime> = "Time",
        /// WGS-84, degrees.
        longitude: Option<f64> = "Longitude",
        /// WGS-84, degrees.
        latitude: Option<f64> = "Latitude",
    }
}
