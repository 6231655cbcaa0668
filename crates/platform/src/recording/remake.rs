//! An altered copy of a film: decoded, its pictures changed, coded anew as H.264.
//!
//! The film that is altered has the form of an export, so what could not be read is already left out of it, and its positions are those of
//! the copy. Everything here blocks and takes long: a core makes about twice real time of 1080p.

use std::io;
use std::path::Path;
use std::sync::Arc;

use documents::{FaceRole, Fonts};
use domain::recording::{Alteration, PictureArea};
use media::file::{FileError, Sample, SoundSample, VideoFile};
use media::record::Plan;
use media::{FilmError, FilmWriter};
use thiserror::Error;
use vision::{
    Coded, Coding, Disguise, EmptyRoom, EncodeError, EncoderSettings, FontUnreadable, KeyframeDecoder,
    Picture, Rect, Times, TranscodeSettings, Transcoder, Watermark,
};

use crate::watch::coding_of;

/// How pictures are coded that leave the house: an even quality, in their own size and rate, with a key picture every two seconds.
const COPY: TranscodeSettings = TranscodeSettings {
    encoder: EncoderSettings { bits_per_s: None, frame_rate_hz: 25.0, group_us: 2_000_000 },
    height_max_px: 2160,
    step_min_us: 0,
};

/// Why there is no altered copy.
#[derive(Debug, Error)]
pub(super) enum RemakeError {
    /// The film cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// The copy cannot be written.
    #[error(transparent)]
    Film(#[from] FilmError),
    /// A file beside it cannot be written, or whoever waits for it does so no longer.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Its pictures cannot be coded.
    #[error(transparent)]
    Encode(#[from] EncodeError),
    /// Not one picture could be decoded.
    #[error(
        "the pictures of this camera cannot be decoded here ({0}): export them without an alteration 该摄像机的画面无法解码，请导出原始录像"
    )]
    Undecodable(String),
    /// Nothing to write a name with.
    #[error(transparent)]
    Font(#[from] documents::FontError),
    /// No letters on this machine.
    #[error(transparent)]
    Letters(#[from] documents::PrintError),
    /// The font that was found is no font.
    #[error(transparent)]
    FontUnreadable(#[from] FontUnreadable),
}

/// What is to be written over the pictures, and with which letters.
pub(super) struct Name<'a> {
    pub(super) text: &'a str,
    pub(super) fonts: &'a Fonts,
}

/// An altered film.
pub(super) struct Remade {
    /// Read it while the folder of its parts is there.
    pub(super) plan: Arc<Plan>,
    /// Pictures that could not be decoded and are left out.
    pub(super) undecodable: u64,
}

/// Alters a film; its parts are written into an existing folder, which belongs to it alone. `goes_on` hears how far it is, 0 to 1, and may end it.
pub(super) fn remake(
    from: &Path,
    parts: &Path,
    (alteration, name): (&Alteration, Option<Name<'_>>),
    goes_on: &dyn Fn(f64) -> bool,
) -> Result<Remade, RemakeError> {
    let mut film = VideoFile::open(from)?;
    let room = alteration.hide_people.then(|| empty_room(&mut film)).transpose()?;
    let disguise = Disguise::new(alteration.hidden_areas.iter().copied().map(rect).collect(), room.as_ref());
    let watermark = match &name {
        Some(Name { text, fonts }) => {
            let (font, face) = fonts.face_file(FaceRole::Heading)?;
            Some(Watermark::new(font, face, text)?)
        }
        None => None,
    };
    let sound = film.sound_parameters().filter(|_| !alteration.hide_people).cloned();
    let mut copy =
        Copy { writer: FilmWriter::new(parts, sound), disguise, watermark, pictures: 0, undecodable: 0 };
    copy.run(&mut film, goes_on)?;
    Ok(Remade { plan: Arc::new(copy.writer.finish()?), undecodable: copy.undecodable })
}

struct Copy<'a> {
    writer: FilmWriter,
    disguise: Disguise,
    watermark: Option<Watermark<'a>>,
    /// Written so far.
    pictures: u64,
    undecodable: u64,
}

impl Copy<'_> {
    fn run(&mut self, film: &mut VideoFile, goes_on: &dyn Fn(f64) -> bool) -> Result<(), RemakeError> {
        let length_us = film.duration_us().max(1) as f64;
        let mut running: Option<(Coding, Transcoder)> = None;
        let mut why = String::new();
        while let Some(sample) = film.next_sample()? {
            if !goes_on(sample.pts_us as f64 / length_us) {
                return Err(io::Error::from(io::ErrorKind::Interrupted).into());
            }
            let coding = coding_of(sample.parameters.codec);
            // A camera that changed its coding on the way.
            if let Some((_, last)) = running.take_if(|(known, _)| *known != coding) {
                self.end(last)?;
            }
            let (_, transcoder) = running.get_or_insert_with(|| (coding, Transcoder::new(coding, COPY)));
            self.write(transcoder, Some(&sample))?;
            if let Some(error) = transcoder.last_error() {
                why = error.to_string();
            }
            while let Some(SoundSample { pts_us, samples, data }) = film.next_sound(sample.dts_us)? {
                self.writer.sound(data, pts_us, samples);
            }
        }
        if let Some((_, last)) = running {
            self.end(last)?;
        }
        if self.pictures == 0 { Err(RemakeError::Undecodable(why)) } else { Ok(()) }
    }

    /// Writes what a transcoder still has.
    fn end(&mut self, mut transcoder: Transcoder) -> Result<(), RemakeError> {
        self.write(&mut transcoder, None)?;
        self.undecodable += transcoder.undecodable();
        Ok(())
    }

    /// Writes what comes out for a sample, or at the end.
    fn write(&mut self, transcoder: &mut Transcoder, sample: Option<&Sample>) -> Result<(), RemakeError> {
        let (disguise, watermark) = (&mut self.disguise, &mut self.watermark);
        let mut alter = |picture: &mut Picture, pts_us: i64| {
            disguise.apply(picture, pts_us);
            if let Some(watermark) = watermark {
                watermark.apply(picture);
            }
        };
        let coded = match sample {
            Some(sample) => {
                let times = Times { dts_us: sample.dts_us, pts_us: sample.pts_us };
                transcoder.push(&sample.byte_stream(), times, &mut alter)?
            }
            None => transcoder.finish(&mut alter)?,
        };
        for Coded { pts_us, is_key, access_unit } in &coded {
            self.writer.picture(access_unit, *pts_us, *is_key)?;
        }
        self.pictures += coded.len() as u64;
        Ok(())
    }
}

/// The room without people, from key pictures all over the film.
fn empty_room(film: &mut VideoFile) -> Result<EmptyRoom, RemakeError> {
    let keys = film.key_numbers();
    let step = keys.len().div_ceil(EmptyRoom::LOOKS_MAX).max(1);
    let mut room = EmptyRoom::new();
    for number in keys.into_iter().step_by(step) {
        let Some(sample) = film.sample(number)? else { continue };
        let coding = coding_of(sample.parameters.codec);
        // One that cannot be decoded is left out of the copy, too.
        if let Ok(picture) = KeyframeDecoder::new().decode(coding, &sample.byte_stream()) {
            room.add(&picture);
        }
    }
    Ok(room)
}

fn rect(area: PictureArea) -> Rect {
    let share = |permille: u16| f32::from(permille) / 1000.0;
    Rect {
        x: share(area.left_permille),
        y: share(area.top_permille),
        w: share(area.width_permille),
        h: share(area.height_permille),
    }
}
