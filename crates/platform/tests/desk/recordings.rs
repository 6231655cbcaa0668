//! What is recorded is found and played, and nobody looks without a reason.

use std::io::Write as _;
use std::path::Path;

use domain::recording::{Alteration, GapCause, LookupKind, LookupReason, PictureArea, Span};
use jiff::SignedDuration;
use platform::PlatformError;
use platform::recording::{FileState, FilmForm, LookupAsk, NewExportAsk, SignatureState, verify_export};
use platform::rows::{ExportRow, LookupFilter, PageAsk};

use crate::studio::Studio;

fn page() -> PageAsk {
    PageAsk::first(50)
}

/// The boxes of the file itself, by name.
fn boxes(film: &[u8]) -> Vec<String> {
    let (mut at, mut names) = (0, Vec::new());
    while at + 8 <= film.len() {
        let short = u32::from_be_bytes(film[at..at + 4].try_into().unwrap()) as usize;
        names.push(String::from_utf8_lossy(&film[at + 4..at + 8]).into_owned());
        let length = match short {
            1 => u64::from_be_bytes(film[at + 8..at + 16].try_into().unwrap()) as usize,
            length => length,
        };
        at += length;
    }
    assert_eq!(at, film.len(), "boxes do not add up: {names:?}");
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_recorded_is_found_and_played_by_range() {
    let studio = Studio::open().await;
    let platform = &studio.world.platform;
    let span = studio.recorded(platform, 6).await;
    let ask = studio.world.ask(studio.manager);
    let grant = studio.grant(platform, LookupKind::Playback, span).await;
    let film = platform.film(&ask, &grant, studio.camera, span, FilmForm::File).await.unwrap();
    assert!(film.marks()[0].wall_us <= span.start.as_microsecond(), "{:?}", film.marks());
    let (film, whole) = tokio::task::spawn_blocking(move || {
        let whole: Vec<u8> = film.read(0..film.length()).flat_map(Result::unwrap).collect();
        (film, whole)
    })
    .await
    .unwrap();
    assert_eq!(boxes(&whole), ["ftyp", "moov", "mdat"]);
    let middle = film.length() / 3..film.length() / 2;
    let part: Vec<u8> = film.read(middle.clone()).flat_map(Result::unwrap).collect();
    assert!(part == whole[middle.start as usize..middle.end as usize], "a range is another than the whole");
    assert!(is_played_by_ffprobe(&whole) != Some(false), "ffprobe cannot read it");
    let line = studio.timeline(platform).await;
    assert!(line.segments.unwrap() > 0 && line.size_bytes.unwrap() > 0);
    assert!(line.video.unwrap().codec.starts_with("avc1."));
    studio.close().await;
}

/// None where ffprobe is not installed.
fn is_played_by_ffprobe(film: &[u8]) -> Option<bool> {
    let mut file = tempfile::NamedTempFile::with_suffix(".mp4").unwrap();
    file.write_all(film).unwrap();
    let arguments =
        ["-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames"];
    let said = std::process::Command::new("ffprobe").args(arguments).arg(file.path()).output().ok()?;
    Some(said.status.success() && said.stderr.is_empty() && !said.stdout.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_looks_without_a_reason_and_every_look_is_in_the_register() {
    let studio = Studio::open().await;
    let platform = &studio.world.platform;
    let span = studio.recorded(platform, 2).await;
    let ask = studio.world.ask(studio.manager);
    let refused = platform.film(&ask, "", studio.camera, span, FilmForm::File).await.err().unwrap();
    assert!(matches!(refused, PlatformError::LookupNeeded(_)), "{refused}");
    let look = LookupAsk { reason: LookupReason::Incident, ..studio.look(LookupKind::Playback, span) };
    let refused = platform.add_lookup(&ask, look.clone()).await.err().unwrap();
    assert!(matches!(refused, PlatformError::Invalid(_)), "an incident needs words: {refused}");
    let search = studio.grant(platform, LookupKind::Search, span).await;
    let refused = platform.film(&ask, &search, studio.camera, span, FilmForm::File).await.err().unwrap();
    assert!(matches!(refused, PlatformError::LookupNeeded(_)), "a search shows no pictures: {refused}");
    let look = LookupAsk { note: Some("走廊有人摔倒".to_owned()), ..look };
    let granted = platform.add_lookup(&ask, look).await.unwrap();
    assert!(platform.film(&ask, &granted.token, studio.camera, span, FilmForm::File).await.is_ok());
    let longer = Span::new(span.start, span.end + SignedDuration::from_secs(1));
    let refused =
        platform.film(&ask, &granted.token, studio.camera, longer, FilmForm::File).await.err().unwrap();
    assert!(matches!(refused, PlatformError::LookupNeeded(_)), "another time: {refused}");
    let rows = platform.lookup_rows(&ask, &LookupFilter::default(), &page()).await.unwrap().items;
    let (first, address) = (&rows[0], Some("127.0.0.1".to_owned()));
    assert_eq!(
        (first.seq, first.lookup.reason, &first.user_name),
        (granted.seq, LookupReason::Incident, &"manager".to_owned())
    );
    assert_eq!((&first.lookup.note, &first.lookup.address), (&Some("走廊有人摔倒".to_owned()), &address));
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_finds_neither_camera_nor_footage() {
    let studio = Studio::open().await;
    let platform = &studio.world.platform;
    let span = studio.recorded(platform, 2).await;
    let grant = studio.grant(platform, LookupKind::Playback, span).await;
    let stranger = studio.world.ask(studio.world.stranger().await);
    let look = studio.look(LookupKind::Playback, span);
    assert!(matches!(platform.add_lookup(&stranger, look).await, Err(PlatformError::NotFound)));
    let stolen = platform.film(&stranger, &grant, studio.camera, span, FilmForm::File).await.err().unwrap();
    assert!(matches!(stolen, PlatformError::LookupNeeded(_)), "another's grant is none: {stolen}");
    let export = NewExportAsk {
        camera_id: studio.camera,
        span,
        alteration: Alteration::default(),
        reason: LookupReason::Patrol,
        note: None,
    };
    assert!(matches!(platform.add_export(&stranger, export).await, Err(PlatformError::NotFound)));
    let rows = platform.lookup_rows(&stranger, &LookupFilter::default(), &page()).await.unwrap();
    assert!(rows.items.is_empty());
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_camera_that_went_away_leaves_a_gap_that_says_so() {
    let mut studio = Studio::open().await;
    let platform = studio.world.platform.clone();
    studio.recorded(&platform, 3).await;
    studio.school.take().unwrap().stop().await;
    let cause = studio
        .until(&platform, |line| {
            let end = line.recorded.last()?.end;
            line.gaps.iter().find(|gap| gap.span.start >= end).map(|gap| gap.cause)
        })
        .await;
    assert_eq!(cause, GapCause::Offline);
    let seen = platform.camera(&studio.world.ask(studio.manager), studio.camera).await.unwrap();
    assert_eq!(seen.recording.obstacle.map(|(_, cause)| cause), Some(GapCause::Offline));
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_is_genuine_until_a_byte_changes() {
    let studio = Studio::open().await;
    let platform = &studio.world.platform;
    let span = studio.recorded(platform, 3).await;
    let ask = studio.world.ask(studio.manager);
    let wanted = NewExportAsk {
        camera_id: studio.camera,
        span,
        alteration: Alteration::default(),
        reason: LookupReason::Authority,
        note: Some("派出所调取，介绍信 12 号".to_owned()),
    };
    let row = studio.exported(wanted).await;
    let id = row.id;
    let names: Vec<&str> = row.files.iter().map(|file| file.name.as_str()).collect();
    assert!(names.len() == 3 && names[0].starts_with("01-") && names[1] == "manifest.json", "{names:?}");
    let folder = studio.world.folder.path().join("exports").join(id.to_string());
    let keys = platform.public_keys().await.unwrap();
    let verdict = verify_export(&folder, Some(&keys)).unwrap();
    assert!(verdict.is_genuine() && verdict.signature == SignatureState::Genuine, "{verdict:?}");
    assert_eq!(verify_export(&folder, Some(&[])).unwrap().signature, SignatureState::Stranger);
    let (film, manifest) = (folder.join(names[0]), folder.join("manifest.json"));
    let mut bytes = std::fs::read(&film).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&film, bytes).unwrap();
    let verdict = verify_export(&folder, None).unwrap();
    assert_eq!((verdict.is_genuine(), verdict.files[0].state), (false, FileState::Changed));
    let text = std::fs::read_to_string(&manifest).unwrap().replace("介绍信 12 号", "介绍信 13 号");
    std::fs::write(&manifest, text).unwrap();
    assert_eq!(verify_export(&folder, None).unwrap().signature, SignatureState::Broken);
    let later = studio.world.now() + SignedDuration::from_hours(73);
    assert_eq!(platform.expire_exports(later).await.unwrap(), 1);
    assert!(!folder.exists());
    let gone = platform.export_file(&ask, id, names[0]).await.err().unwrap();
    assert!(matches!(gone, PlatformError::Gone(_)), "{gone}");
    studio.close().await;
}

/// Luma of the first picture of a film, and how many pictures there are.
fn first_picture(film: &Path) -> (vision::Picture, usize) {
    let mut film = media::file::VideoFile::open(film).unwrap();
    let first = film.next_sample().unwrap().unwrap();
    let picture = vision::KeyframeDecoder::new().decode(vision::Coding::H264, &first.byte_stream()).unwrap();
    (picture, film.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_altered_copy_shows_less_and_a_name_and_says_that_it_is_one() {
    let studio = Studio::open().await;
    let span = studio.recorded(&studio.world.platform, 3).await;
    let left_half =
        PictureArea { left_permille: 0, top_permille: 0, width_permille: 500, height_permille: 1000 };
    let alteration = Alteration { watermark: true, hidden_areas: vec![left_half], ..Alteration::default() };
    let wanted = |alteration| NewExportAsk {
        camera_id: studio.camera,
        span,
        alteration,
        reason: LookupReason::Patrol,
        note: None,
    };
    let original = studio.exported(wanted(Alteration::default())).await;
    let altered = studio.exported(wanted(alteration.clone())).await;
    let folder = studio.world.folder.path().join("exports");
    let file = |row: &ExportRow| folder.join(row.id.to_string()).join(&row.files[0].name);
    assert!(altered.files[0].name.ends_with("-altered.mp4"), "{:?}", altered.files);
    let ((before, pictures), (after, pictures_after)) =
        (first_picture(&file(&original)), first_picture(&file(&altered)));
    assert_eq!(pictures_after, pictures);
    let (width, half) = (before.width() as usize, before.width() as usize / 2 - 60);
    let detail = |picture: &vision::Picture, columns: std::ops::Range<usize>| -> u64 {
        let rows = picture.planes()[0].chunks(width);
        rows.flat_map(|row| row[columns.clone()].windows(2).map(|pair| u64::from(pair[0].abs_diff(pair[1]))))
            .sum()
    };
    // The name is written over what is hidden, too, and adds a little.
    assert!(detail(&after, 0..half) < detail(&before, 0..half), "the hidden half has less in it");
    let difference: u64 =
        before.planes()[0].iter().zip(after.planes()[0]).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    assert!(difference > 0);
    assert!(verify_export(&folder.join(altered.id.to_string()), None).unwrap().is_genuine());
    let manifest =
        std::fs::read_to_string(folder.join(altered.id.to_string()).join("manifest.json")).unwrap();
    assert!(
        manifest.contains("\"watermark\": true") && manifest.contains("\"left_permille\": 0"),
        "{manifest}"
    );
    let bad = Alteration { hidden_areas: vec![PictureArea { width_permille: 0, ..left_half }], ..alteration };
    let ask = studio.world.ask(studio.manager);
    let refused = studio.world.platform.add_export(&ask, wanted(bad)).await.unwrap_err();
    assert!(matches!(refused, PlatformError::Invalid(_)), "{refused}");
    studio.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_without_people_has_the_room_and_no_sound() {
    let studio = Studio::open().await;
    let span = studio.recorded(&studio.world.platform, 3).await;
    let alteration = Alteration { hide_people: true, ..Alteration::default() };
    let wanted =
        NewExportAsk { camera_id: studio.camera, span, alteration, reason: LookupReason::Patrol, note: None };
    let row = studio.exported(wanted).await;
    let film = studio.world.folder.path().join("exports").join(row.id.to_string()).join(&row.files[0].name);
    let opened = media::file::VideoFile::open(&film).unwrap();
    assert!(opened.len() > 20 && opened.sound_parameters().is_none());
    studio.close().await;
}
