//! Recorded files after a crash, and what the ledger keeps of them.

use std::cell::RefCell;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use media::record::{
    ENTRIES_MAX, Entry, Files as _, Footage, Mended, Plan, SystemFiles, fragment_stream, mend, plain_file,
    read_entries, scan, write_entries,
};
use tempfile::TempDir;

/// Bytes of a plan that are read; a damaged head may claim the same bytes many times over.
const READ_BYTES_MAX: u64 = 1 << 20;

thread_local! {
    /// One folder for all inputs.
    static FOLDER: RefCell<TempDir> = RefCell::new(TempDir::new().expect("a folder for temporary files"));
}

/// Fragments lie in the file one behind the other; what was mended once stays as it is; a plan is as long as it says.
pub fn recorded_file(bytes: &[u8]) {
    let path = FOLDER.with_borrow(|folder| folder.path().join("recorded.mp4"));
    write(&path, bytes);
    let file = SystemFiles.open(&path).expect("the file just written");
    if let Ok(found) = scan(file.as_ref(), 0, 0) {
        assert!(found.whole_bytes <= found.file_bytes && found.file_bytes == bytes.len() as u64);
        assert!(found.entries.windows(2).all(|pair| pair[0].end() <= pair[1].offset));
        assert_eq!(read_entries(&write_entries(&found.entries)).as_ref(), Ok(&found.entries));
        played(&path, &found.entries);
    }
    let Ok(Mended::Kept { entries, adopted, damaged: 0, cut_bytes }) = mend(&SystemFiles, &path, &[], 0)
    else {
        return;
    };
    assert!(adopted == entries.len() && cut_bytes < bytes.len() as u64);
    let again = mend(&SystemFiles, &path, &entries, 0).expect("a file that was mended");
    assert_eq!(again, Mended::Kept { entries, adopted: 0, damaged: 0, cut_bytes: 0 });
}

/// Entries that can be read are written the same way again in meaning, and lie within limits.
pub fn recorded_entries(bytes: &[u8]) {
    let Ok(entries) = read_entries(bytes) else { return };
    assert!(entries.len() <= ENTRIES_MAX && entries.len() <= bytes.len());
    assert_eq!(read_entries(&write_entries(&entries)), Ok(entries));
}

fn write(path: &Path, bytes: &[u8]) {
    let mut file = std::fs::File::create(path).expect("room for temporary files");
    file.write_all(bytes).expect("room for temporary files");
}

fn played(path: &Path, entries: &[Entry]) {
    let footage = [Footage { path: path.to_path_buf(), entries: entries.to_vec() }];
    for plan in [
        plain_file(&SystemFiles, &footage, 0, i64::MAX),
        fragment_stream(&SystemFiles, &footage, 0, i64::MAX, 0).map(|stream| stream.plan),
    ] {
        let Ok(plan) = plan.map(Arc::new) else { continue };
        read(&plan);
    }
}

fn read(plan: &Arc<Plan>) {
    let wanted = plan.length().min(READ_BYTES_MAX);
    let mut read = 0;
    for chunk in plan.read(Arc::new(SystemFiles), 0..wanted) {
        // A head that cannot be given its place ends a stream.
        let Ok(chunk) = chunk else { return };
        assert!(!chunk.is_empty());
        read += chunk.len() as u64;
    }
    assert_eq!(read, wanted);
}
