//! Reels of all sources: each is drawn or read once, in a thread of its own, and can be played as soon as it has its first picture.

use crate::clip::{Clip, ClipError, RTP_CLOCK};
use crate::duty_room::film;
use crate::encode::{at_rate, encode_each};
use crate::reel::Reel;
use crate::scene::{FRAME_RATE, Scene};
use crate::simulator::{SimulatorError, VideoSource};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;

/// Answer of a drawing thread: the reel with its first picture.
type Begun = oneshot::Receiver<Result<Arc<Reel>, ClipError>>;

/// Begins every reel once, in parallel. With each source comes who wants it, for the error.
#[expect(clippy::mutable_key_type, reason = "rooms are told apart by where they lie, which does not change")]
pub(crate) async fn begin_reels<'a>(
    wanted: impl Iterator<Item = (&'a str, &'a VideoSource)>,
    cache: Option<&Path>,
    stop: &CancellationToken,
) -> Result<HashMap<VideoSource, Arc<Reel>>, SimulatorError> {
    let mut beginning: HashMap<VideoSource, (String, Begun)> = HashMap::new();
    for (who, source) in wanted {
        if beginning.contains_key(source) {
            continue;
        }
        let (answer, begun) = oneshot::channel();
        let (drawn, cache, stop) = (source.clone(), cache.map(Path::to_owned), stop.clone());
        tokio::task::spawn_blocking(move || run_reel(&drawn, cache.as_deref(), answer, &stop));
        beginning.insert(source.clone(), (who.to_owned(), begun));
    }
    let mut reels = HashMap::new();
    for (source, (path, begun)) in beginning {
        let begun = begun.await.map_err(|_| SimulatorError::Drawing(path.clone()))?;
        let reel = begun.map_err(|source| SimulatorError::Clip { path, source })?;
        reels.insert(source, reel);
    }
    Ok(reels)
}

/// Answers with a reel as soon as it can be played, then goes on drawing.
fn run_reel(
    source: &VideoSource,
    cache: Option<&Path>,
    answer: oneshot::Sender<Result<Arc<Reel>, ClipError>>,
    stop: &CancellationToken,
) {
    let (scene, seed) = match source {
        VideoSource::Scene { scene, seed } => (*scene, *seed),
        VideoSource::DutyRoom(room) => return film(room, answer, stop),
        VideoSource::File(path) => {
            // Nobody waiting means the simulator is not started after all; the same below.
            let _ = answer.send(Clip::from_file(path).map(|clip| Arc::new(Reel::complete(clip))));
            return;
        }
    };
    let cached = cache.map(|folder| folder.join(format!("{}-{seed}-v{}.clip", scene.name(), Scene::VERSION)));
    if let Some(clip) = cached.as_ref().and_then(|path| Clip::from_cache(&std::fs::read(path).ok()?)) {
        let _ = answer.send(Ok(Arc::new(Reel::complete(clip))));
        return;
    }
    let Some(reel) = draw_reel(scene, seed, answer, stop) else { return };
    let clip = reel.finish();
    if let Some(path) = cached
        && let Err(error) = store(&path, &clip.to_cache())
    {
        tracing::warn!(path = %path.display(), %error, "simulated clip not kept");
    }
}

/// Draws a scene to its end; `None` when stopped or failed before.
fn draw_reel(
    scene: Scene,
    seed: u64,
    answer: oneshot::Sender<Result<Arc<Reel>, ClipError>>,
    stop: &CancellationToken,
) -> Option<Arc<Reel>> {
    let mut answer = Some(answer);
    let mut reel: Option<Arc<Reel>> = None;
    let duration = scene.seconds() * RTP_CLOCK;
    let result = encode_each(at_rate(scene.pictures(seed), FRAME_RATE), FRAME_RATE, |unit| {
        if let Some(reel) = &reel {
            reel.push(unit);
        } else if let Some(answer) = answer.take() {
            let begun = Reel::begin(unit, duration).map(Arc::new);
            reel = begun.as_ref().ok().cloned();
            let _ = answer.send(begun);
        }
        reel.is_some() && !stop.is_cancelled()
    });
    if let Err(error) = result {
        tracing::error!(scene = scene.name(), %error, "drawing a scene failed");
        return None;
    }
    reel.filter(|_| !stop.is_cancelled())
}

/// Writes beside and renames, so that a cut-off file is never read.
fn store(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let beside = path.with_extension("new");
    std::fs::write(&beside, bytes)?;
    std::fs::rename(beside, path)
}
