//! The few file operations of the recorder, behind a trait so that tests can take a disk away, fill it, or cut its power.
//!
//! All of them are blocking and are called from the recorder's own threads, never from a stream.

use std::fs::{self, File, OpenOptions};
use std::io::{self, IoSlice};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most pieces that one `pwritev` takes (`IOV_MAX` of Linux).
const PIECES_MAX: usize = 1024;

/// Room on a file system, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Space {
    /// What may still be written by us.
    pub free_bytes: u64,
    /// Size of the whole.
    pub total_bytes: u64,
}

/// An open file.
pub trait OpenFile: Send + Sync {
    /// Writes pieces one after the other at a place; returns how many bytes were taken, which may be fewer than given.
    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> io::Result<usize>;
    /// Reads at a place; returns how many bytes were there, 0 at the end.
    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize>;
    /// Length in bytes.
    fn length(&self) -> io::Result<u64>;
    /// Cuts or extends.
    fn set_length(&self, length: u64) -> io::Result<()>;
    /// Returns once content and length are on the medium (`fdatasync`).
    fn sync(&self) -> io::Result<()>;
}

/// A file system.
pub trait Files: Send + Sync {
    /// Makes a file that does not exist yet, for writing.
    fn create(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>>;
    /// Opens for reading.
    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>>;
    /// Opens an existing file for writing.
    fn open_for_mending(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>>;
    /// Makes a folder and those above it; fine if it exists.
    fn create_folders(&self, path: &Path) -> io::Result<()>;
    /// Names in a folder, in order.
    fn names(&self, path: &Path) -> io::Result<Vec<String>>;
    /// Renames within a folder.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder if it is empty.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Returns once the names in a folder are on the medium.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;
    /// Room on the file system that holds `path`.
    fn space(&self, path: &Path) -> io::Result<Space>;
}

/// The files of the operating system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemFiles;

impl OpenFile for File {
    fn write_at(&self, pieces: &[IoSlice<'_>], at: u64) -> io::Result<usize> {
        Ok(rustix::io::pwritev(self, &pieces[..pieces.len().min(PIECES_MAX)], at)?)
    }

    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, buffer, at)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn set_length(&self, length: u64) -> io::Result<()> {
        self.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }
}

impl Files for SystemFiles {
    fn create(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(OpenOptions::new().read(true).write(true).create_new(true).open(path)?))
    }

    fn open(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(File::open(path)?))
    }

    fn open_for_mending(&self, path: &Path) -> io::Result<Arc<dyn OpenFile>> {
        Ok(Arc::new(OpenOptions::new().read(true).write(true).open(path)?))
    }

    fn create_folders(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn names(&self, path: &Path) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(path)?.collect::<Result<Vec<_>, _>>()?;
        // A name that is not UTF-8 is none of ours.
        let mut names: Vec<String> =
            entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        Ok(names)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()
    }

    fn space(&self, path: &Path) -> io::Result<Space> {
        let found = rustix::fs::statvfs(path)?;
        Ok(Space {
            free_bytes: found.f_bavail * found.f_frsize,
            total_bytes: found.f_blocks * found.f_frsize,
        })
    }
}

/// Writes all pieces at a place, in as few calls as the system allows. After an error some of them may have been written.
pub(super) fn write_all(file: &dyn OpenFile, mut pieces: &mut [IoSlice<'_>], mut at: u64) -> io::Result<()> {
    IoSlice::advance_slices(&mut pieces, 0);
    while !pieces.is_empty() {
        match file.write_at(pieces, at) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(taken) => {
                at += taken as u64;
                IoSlice::advance_slices(&mut pieces, taken);
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads exactly so many bytes; an end before them is an error.
pub(super) fn read_exactly(file: &dyn OpenFile, buffer: &mut [u8], at: u64) -> io::Result<()> {
    let mut done = 0;
    while done < buffer.len() {
        match file.read_at(&mut buffer[done..], at + done as u64) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads a small file whole; larger than `bytes_max` is an error.
pub(super) fn read_small(files: &dyn Files, path: &Path, bytes_max: usize) -> io::Result<Vec<u8>> {
    let file = files.open(path)?;
    let length = usize::try_from(file.length()?).unwrap_or(usize::MAX);
    if length > bytes_max {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "larger than expected"));
    }
    let mut content = vec![0; length];
    read_exactly(file.as_ref(), &mut content, 0)?;
    Ok(content)
}

/// The folder of a file, which every path here has.
pub(super) fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}
