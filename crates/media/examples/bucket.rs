//! Tries the files of a bucket on a real service: identity, put, read back, list, remove, each with the time that it took.
//!
//! `bucket ENDPOINT REGION BUCKET PREFIX KEY_ID SECRET FILE`, the bucket in the path. Removes everything but the identity of the disk, which
//! shows that it was there.

#![allow(clippy::print_stdout)] // an example talks

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use jiff::Timestamp;
use watchfire_media::record::{
    BucketAddress, BucketFiles, BucketKeys, DiskId, Files, Pace, SystemFiles, make_disk, read_identity,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [endpoint, region, bucket, prefix, key_id, secret, file] = arguments.as_slice() else {
        return Err("bucket ENDPOINT REGION BUCKET PREFIX KEY_ID SECRET FILE".into());
    };
    let address = BucketAddress::parse(endpoint, region, bucket, prefix, true)?;
    let clock = Arc::new(|| Timestamp::now().as_microsecond());
    let files = BucketFiles::new(address, BucketKeys::new(key_id, secret), clock);
    let (root, path) = (PathBuf::new(), Path::new("camera/20261129/minute.mp4"));
    println!("identity before: {:?}", read_identity(&files, &root));
    make_disk(&files, &root, DiskId(7), 0)?;
    println!("identity after:  {:?}", read_identity(&files, &root));
    let local = SystemFiles.open(Path::new(file))?;
    let stop = AtomicBool::new(false);
    let began = Instant::now();
    let uploaded = files.put(path, local.as_ref(), Pace { bytes_per_s_max: None, stop: &stop })?;
    println!("put and made sure of: {uploaded:?} in {:?}", began.elapsed());
    let began = Instant::now();
    let object = files.open(path)?;
    let (mut there, mut here) = (vec![0; 256 << 10], vec![0; 256 << 10]);
    let mut at = 0;
    while at < object.length()? {
        let read = object.read_at(&mut there, at)?;
        if read == 0 || local.read_at(&mut here[..read], at)? != read || there[..read] != here[..read] {
            return Err(format!("other bytes at {at}").into());
        }
        at += read as u64;
    }
    println!("read back the same {at} bytes in {:?}", began.elapsed());
    println!("names: {:?}, {:?}", files.names(&root)?, files.names(Path::new("camera/20261129"))?);
    files.remove(path)?;
    println!("after removing: {:?}", files.open(path)?.length().map_err(|error| error.kind()));
    Ok(())
}
