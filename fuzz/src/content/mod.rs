//! What people type, upload and film: codes, documents, sheets, addresses, pictures and video files.

mod coded_video;
mod codes;
mod document;
mod document_text;
mod key_frame;
mod lint;
mod onvif_answer;
mod packed;
mod picture;
mod recorded;
mod red_head;
mod register_rows;
mod room_code;
mod rtsp_url;
mod sheet;
mod stored_video;
mod timeline;
mod video_file;

use coded_video::coded_video;
use codes::codes;
use document::{document, document_docx, document_pdf};
use document_text::{document_json, document_text};
use key_frame::key_frame;
use lint::lint;
use onvif_answer::onvif_answer;
use picture::picture;
use recorded::{recorded_entries, recorded_file};
use red_head::red_head;
use register_rows::register_rows;
use room_code::room_code;
use rtsp_url::rtsp_url;
use sheet::{sheet_csv, workbook};
use stored_video::stored_video;
use timeline::timeline;
use video_file::video_file;

use crate::Target;

/// The targets of this module.
pub const TARGETS: &[(&str, Target)] = &[
    ("codes", codes),
    ("document", document),
    ("document_docx", document_docx),
    ("document_json", document_json),
    ("document_pdf", document_pdf),
    ("document_text", document_text),
    ("coded_video", coded_video),
    ("key_frame", key_frame),
    ("lint", lint),
    ("onvif_answer", onvif_answer),
    ("picture", picture),
    ("recorded_entries", recorded_entries),
    ("recorded_file", recorded_file),
    ("red_head", red_head),
    ("register_rows", register_rows),
    ("room_code", room_code),
    ("rtsp_url", rtsp_url),
    ("sheet_csv", sheet_csv),
    ("stored_video", stored_video),
    ("timeline", timeline),
    ("video_file", video_file),
    ("workbook", workbook),
];
