//! A film that is made here and not recorded: pictures that were coded anew and sound that was kept, as an ordinary MP4 file.
//!
//! Written the way a recording is, as fragments into files of its own, and then read the way a recording is exported. So there is one way to
//! write a fragment and one to write an index, and an hour of video never lies in memory.

use crate::codec::{VideoCodec, VideoParameters};
use crate::fmp4::{gather, init_segment};
use crate::frame::{Frame, Sound, SoundParameters};
use crate::nal;
use crate::record::{Entry, Footage, Plan, PlanError, SystemFiles, plain_file};
use bytes::Bytes;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why there is no film.
#[derive(Debug, thiserror::Error)]
pub enum FilmError {
    /// A file cannot be written or read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The first picture is not one with which a film can begin.
    #[error("the film does not begin with a key picture and its parameter sets")]
    NoBeginning,
    /// There is nothing in it, or too much.
    #[error(transparent)]
    Plan(#[from] PlanError),
}

/// Writes a film of H.264 pictures, each of which is shown when it is decoded.
#[derive(Debug)]
pub struct FilmWriter {
    folder: PathBuf,
    sound: Option<Arc<SoundParameters>>,
    parameters: Option<Arc<VideoParameters>>,
    frames: Vec<Arc<Frame>>,
    sounds: Vec<Arc<Sound>>,
    number: u32,
    open: Option<Open>,
    footage: Vec<Footage>,
}

/// The file that is being written.
#[derive(Debug)]
struct Open {
    file: BufWriter<File>,
    bytes: u64,
    origin_us: i64,
}

impl FilmWriter {
    /// A film whose parts are written into an existing folder, which belongs to it alone. With `sound` it has a track of that.
    pub fn new(folder: &Path, sound: Option<SoundParameters>) -> Self {
        Self {
            folder: folder.to_owned(),
            sound: sound.map(Arc::new),
            parameters: None,
            frames: Vec::new(),
            sounds: Vec::new(),
            number: 0,
            open: None,
            footage: Vec::new(),
        }
    }

    /// Adds a picture in Annex B form. Times rise and are not negative.
    pub fn picture(&mut self, access_unit: &[u8], pts_us: i64, is_key: bool) -> Result<(), FilmError> {
        let mut data = Vec::with_capacity(access_unit.len() + 16);
        nal::byte_stream_units(access_unit).for_each(|unit| nal::push(&mut data, unit));
        if is_key {
            self.close_group(Some(pts_us))?;
            let parameters = VideoCodec::H264.parameters_of(&data).ok_or(FilmError::NoBeginning)?;
            if self.parameters.as_deref() != Some(&parameters) {
                self.begin_file(Arc::new(parameters), pts_us)?;
            }
        }
        let parameters = self.parameters.clone().ok_or(FilmError::NoBeginning)?;
        self.frames.push(Arc::new(Frame {
            sequence: 0,
            is_key,
            discontinuity: false,
            pts_us,
            dts_us: pts_us,
            received_at_us: pts_us,
            lost_packets: 0,
            data: Bytes::from(data),
            parameters,
        }));
        Ok(())
    }

    /// Adds a piece of sound of so many samples. Nothing where the film has no track of it.
    pub fn sound(&mut self, data: Bytes, pts_us: i64, samples: u32) {
        let Some(parameters) = self.sound.clone() else { return };
        self.sounds.push(Arc::new(Sound { pts_us, received_at_us: pts_us, samples, data, parameters }));
    }

    /// Ends the film and plans it as one file, index in front; read it while the folder of its parts is there.
    pub fn finish(mut self) -> Result<Plan, FilmError> {
        self.close_group(None)?;
        self.close_file()?;
        Ok(plain_file(&SystemFiles, &self.footage, 0, i64::MAX)?)
    }

    fn begin_file(&mut self, parameters: Arc<VideoParameters>, origin_us: i64) -> io::Result<()> {
        self.close_file()?;
        let path = self.folder.join(format!("part-{}.mp4", self.footage.len()));
        let mut file = BufWriter::new(File::create(&path)?);
        let init = init_segment(&parameters, self.sound.as_deref());
        file.write_all(&init)?;
        self.open = Some(Open { file, bytes: init.len() as u64, origin_us });
        self.parameters = Some(parameters);
        self.footage.push(Footage { path, entries: Vec::new() });
        Ok(())
    }

    fn close_file(&mut self) -> io::Result<()> {
        self.open.take().map_or(Ok(()), |mut open| open.file.flush())
    }

    fn close_group(&mut self, next_us: Option<i64>) -> io::Result<()> {
        let (Some(open), Some(footage), Some(first)) =
            (&mut self.open, self.footage.last_mut(), self.frames.first())
        else {
            return Ok(());
        };
        self.number = self.number.wrapping_add(1);
        let gathered = gather(self.number, open.origin_us, &self.frames, &self.sounds, next_us);
        open.file.write_all(&gathered.head)?;
        gathered.samples.iter().try_for_each(|sample| open.file.write_all(sample))?;
        let sample_bytes: usize = gathered.samples.iter().map(Bytes::len).sum();
        let entry = Entry {
            offset: open.bytes,
            head_bytes: gathered.head.len() as u32,
            sample_bytes: sample_bytes as u32,
            begins_at_us: first.dts_us,
            duration_us: gathered.duration_us,
            is_key: true,
            frames: self.frames.len() as u32,
        };
        open.bytes = entry.end();
        footage.entries.push(entry);
        self.frames.clear();
        self.sounds.clear();
        Ok(())
    }
}
