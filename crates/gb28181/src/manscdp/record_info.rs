//! Recordings on a device (9.7, A.2.4.5, A.2.6.7).

use super::alarm::AlarmMethods;
use super::block::{block, codes};
use super::list::{Entry, List};
use super::time::LocalTime;
use crate::id::CatalogId;

codes! {
    /// Why something was recorded.
    pub enum RecordType {
        /// By the clock.
        Time = "time",
        /// By an alarm.
        Alarm = "alarm",
        /// By hand.
        Manual = "manual",
        /// Whatever; in queries only.
        All = "all",
    }
}

block! {
    /// A question for recordings between two times.
    pub struct RecordInfoQuery {
        /// From when.
        start: LocalTime = "StartTime",
        /// Until when.
        end: LocalTime = "EndTime",
        /// A path on the device.
        file_path: Option<String> = "FilePath",
        /// Where the camera is mounted.
        address: Option<String> = "Address",
        /// 1 for secret ones.
        secrecy: Option<u8> = "Secrecy",
        /// Why they were made.
        record_type: Option<RecordType> = "Type",
        /// Who triggered them.
        recorder: Option<String> = "RecorderID",
        /// 0 on the device asked, 1 wherever they lie.
        indistinct: Option<u8> = "IndistinctQuery",
        /// Which stream (2022): 0 main, 1 sub.
        stream: Option<u8> = "StreamNumber",
        /// Which alarms (2022).
        alarm_methods: Option<AlarmMethods> = "AlarmMethod",
        /// Which types of them (2022).
        alarm_type: Option<String> = "AlarmType",
    }
}

impl RecordInfoQuery {
    /// All recordings between two times.
    pub fn between(start: LocalTime, end: LocalTime) -> Self {
        Self {
            start,
            end,
            file_path: None,
            address: None,
            secrecy: Some(0),
            record_type: Some(RecordType::All),
            recorder: None,
            indistinct: None,
            stream: None,
            alarm_methods: None,
            alarm_type: None,
        }
    }
}

block! {
    /// One message of an answer.
    #[derive(Default)]
    pub struct RecordInfo {
        /// The camera's name.
        name: Option<String> = "Name",
        /// How many recordings the whole answer has. What the device says; it may lie.
        sum_num: Option<u32> = "SumNum",
        /// The recordings of this message.
        items: List<Recording> = "RecordList",
    }
}

block! {
    /// One recording. Without a beginning and an end it cannot be played.
    pub struct Recording {
        /// The camera.
        device: Option<CatalogId> = "DeviceID",
        /// Its name.
        name: Option<String> = "Name",
        /// The path on the device.
        file_path: Option<String> = "FilePath",
        /// Where the camera is mounted.
        address: Option<String> = "Address",
        /// When it begins.
        start: LocalTime = "StartTime",
        /// When it ends.
        end: LocalTime = "EndTime",
        /// 1 when it is secret.
        secrecy: Option<u8> = "Secrecy",
        /// Why it was made.
        record_type: Option<RecordType> = "Type",
        /// Who triggered it.
        recorder: Option<String> = "RecorderID",
        /// Bytes.
        file_size: Option<u64> = "FileSize",
        /// On which device it lies (2022).
        location: Option<String> = "RecordLocation",
        /// Which stream (2022).
        stream: Option<u8> = "StreamNumber",
    }
}

impl Entry for Recording {}
