//! Hostile bytes for every parser of the product.
//!
//! One plain function a parser: bytes in, nothing out, a panic where something that must hold does not. Each asks for more than "no
//! panic" where there is more to ask: that what was read can be read back, that limits were kept, that an error points into the text.
//! The same functions run under libFuzzer (`fuzz_targets`, `make fuzz`) and, over the seed files and small changes of them, as an
//! ordinary test. How to use them and what they ask is in `docs/design/fuzzing.md`.
//!
//! Not here: parsers that only the operator feeds (configuration, weights), and those of `platform` and `server`, which would bring
//! the databases into every build of the fuzzer.

mod codes;
mod document;
mod document_text;
mod gb;
mod h264;
mod key_frame;
mod lint;
mod packed;
mod panics;
mod picture;
mod red_head;
mod register_rows;
mod rtsp_url;
mod sheet;
mod stored_video;
mod timeline;
mod video_file;

pub use codes::codes;
pub use document::{document, document_docx, document_pdf};
pub use document_text::{document_json, document_text};
pub use gb::{
    gb_depacketise, gb_digest, gb_ids, gb_manscdp, gb_mansrtsp, gb_platform, gb_ps, gb_ptz, gb_reorder,
    gb_rtp, gb_sdp, gb_sip, gb_sip_datagrams, gb_sip_stream,
};
pub use h264::h264;
pub use key_frame::key_frame;
pub use lint::lint;
pub use panics::watch_panics;
pub use picture::picture;
pub use red_head::red_head;
pub use register_rows::register_rows;
pub use rtsp_url::rtsp_url;
pub use sheet::{sheet_csv, workbook};
pub use stored_video::stored_video;
pub use timeline::timeline;
pub use video_file::video_file;

/// Takes any bytes; panics where a parser breaks its word.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also that of its file in `fuzz_targets` and of its folder in `seeds`.
pub const TARGETS: &[(&str, Target)] = &[
    ("codes", codes),
    ("document", document),
    ("document_docx", document_docx),
    ("document_json", document_json),
    ("document_pdf", document_pdf),
    ("document_text", document_text),
    ("gb_depacketise", gb_depacketise),
    ("gb_digest", gb_digest),
    ("gb_ids", gb_ids),
    ("gb_manscdp", gb_manscdp),
    ("gb_mansrtsp", gb_mansrtsp),
    ("gb_platform", gb_platform),
    ("gb_ps", gb_ps),
    ("gb_ptz", gb_ptz),
    ("gb_reorder", gb_reorder),
    ("gb_rtp", gb_rtp),
    ("gb_sdp", gb_sdp),
    ("gb_sip", gb_sip),
    ("gb_sip_datagrams", gb_sip_datagrams),
    ("gb_sip_stream", gb_sip_stream),
    ("h264", h264),
    ("key_frame", key_frame),
    ("lint", lint),
    ("picture", picture),
    ("red_head", red_head),
    ("register_rows", register_rows),
    ("rtsp_url", rtsp_url),
    ("sheet_csv", sheet_csv),
    ("stored_video", stored_video),
    ("timeline", timeline),
    ("video_file", video_file),
    ("workbook", workbook),
];

/// Runs the target of a name.
///
/// # Panics
/// Where the target finds something wrong, where code of ours panicked although the product caught it, and where there is no target
/// of this name.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name).expect("the name of a target").1;
    panics::run(target, bytes);
}
