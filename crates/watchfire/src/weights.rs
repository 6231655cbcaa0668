//! Weights files: which serve, and why one does not. The weights in the program are the way back from every other.

use std::io::Read as _;
use std::path::Path;

use anyhow::Context as _;
use platform::quality::ServingWeights;
use tracing::{info, warn};
use vision::FireSmoke;

/// Largest weights file read: eight times those of the program.
const BYTES_MAX: u64 = 64 << 20;

/// The model that serves: from the file where one is named and can be used, else from the program.
pub fn serving(file: &Path) -> anyhow::Result<(FireSmoke, ServingWeights)> {
    let embedded = || FireSmoke::embedded().context("embedded vision model");
    if file.as_os_str().is_empty() {
        return Ok((embedded()?, ServingWeights::default()));
    }
    let named = Some(file.to_owned());
    match from_file(file) {
        Ok(model) => {
            info!(file = %file.display(), version = model.version(), "the watch looks with this weights file");
            Ok((model, ServingWeights { file: named, refused: None }))
        }
        Err(error) => {
            let refused = format!("{error:#}");
            let model = embedded()?;
            warn!(
                refused,
                version = model.version(),
                "watch.weights cannot be used; the weights in the program look"
            );
            Ok((model, ServingWeights { file: named, refused: Some(refused) }))
        }
    }
}

/// The model of a weights file.
pub fn from_file(path: &Path) -> anyhow::Result<FireSmoke> {
    let at = || path.display().to_string();
    let file = std::fs::File::open(path).with_context(at)?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX + 1).read_to_end(&mut bytes).with_context(at)?;
    anyhow::ensure!(
        bytes.len() as u64 <= BYTES_MAX,
        "{}: larger than {} MiB",
        path.display(),
        BYTES_MAX >> 20
    );
    FireSmoke::load(&bytes).with_context(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_used_is_refused_and_the_program_looks() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.safetensors");
        let own = FireSmoke::embedded().unwrap().version().to_owned();
        let (model, standing) = serving(Path::new("")).unwrap();
        assert_eq!((model.version(), standing), (own.as_str(), ServingWeights::default()));
        let (model, standing) = serving(&path).unwrap();
        assert_eq!(model.version(), own);
        assert!(standing.refused.unwrap().contains("new.safetensors"));
        std::fs::write(&path, b"not weights at all").unwrap();
        assert!(serving(&path).unwrap().1.refused.unwrap().contains("weights file"));
        // Weights of another model are no weights of this one.
        let people = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/people.safetensors");
        let refused = serving(Path::new(people)).unwrap().1.refused.unwrap();
        assert!(refused.contains("format watchfire-people-1"), "{refused}");
        let same = concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/firesmoke.safetensors");
        let (model, standing) = serving(Path::new(same)).unwrap();
        assert_eq!((model.version(), standing.refused), (own.as_str(), None));
    }
}
