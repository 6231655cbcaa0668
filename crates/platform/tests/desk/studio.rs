//! A school with one simulated camera that is being recorded.

use std::time::{Duration, Instant};

use domain::access::Access;
use domain::ids::CameraId;
use domain::place::PlaceType;
use domain::recording::{LookupKind, LookupReason, Span};
use jiff::SignedDuration;
use platform::access::NewCamera;
use platform::recording::{FilmForm, LookupAsk, NewExportAsk, Timeline};
use platform::rows::ExportRow;
use platform::{Platform, PlatformError};
use simulator::{Scene, SimulatedCamera, Simulator, SimulatorConfig, VideoSource};

use crate::fixture::World;

/// Drawing, encoding, connecting, syncing, writing down.
const PATIENCE: Duration = Duration::from_mins(1);

pub struct Studio {
    pub world: World,
    pub camera: CameraId,
    pub school: Option<Simulator>,
    pub manager: Access,
}

impl Studio {
    /// Everything runs; nothing may be recorded yet.
    pub async fn open() -> Self {
        let studio = Self::furnish().await;
        studio.world.platform.start().await.unwrap();
        studio
    }

    /// A camera is entered; the platform is not started yet.
    pub async fn furnish() -> Self {
        let world = World::recording().await;
        let manager = world.manager().await;
        let source = VideoSource::Scene { scene: Scene::CorridorQuiet, seed: 1 };
        let cameras = vec![SimulatedCamera::new("corridor", source)];
        let config = SimulatorConfig { listen: "127.0.0.1:0".parse().unwrap(), cameras, cache: None };
        let school = Simulator::start(config).await.unwrap();
        let new = world.camera("一楼走廊", PlaceType::TeachingCorridor, school.url("corridor"));
        let camera = world.add_camera(manager, NewCamera { watch_enabled: false, ..new }).await;
        Self { world, camera, school: Some(school), manager }
    }

    /// The last minutes until now, and a little more.
    pub fn lately(&self) -> Span {
        let now = self.world.now();
        Span::new(now - SignedDuration::from_mins(20), now + SignedDuration::from_mins(20))
    }

    pub fn look(&self, kind: LookupKind, span: Span) -> LookupAsk {
        let (reason, note, alarm_id) = (LookupReason::Patrol, None, None);
        LookupAsk { camera_id: self.camera, span, kind, reason, note, alarm_id }
    }

    /// Says why, and answers the grant.
    pub async fn grant(&self, platform: &Platform, kind: LookupKind, span: Span) -> String {
        let ask = self.world.ask(self.manager);
        platform.add_lookup(&ask, self.look(kind, span)).await.unwrap().token
    }

    pub async fn timeline(&self, platform: &Platform) -> Timeline {
        let span = self.lately();
        let grant = self.grant(platform, LookupKind::Search, span).await;
        platform.timeline(&self.world.ask(self.manager), &grant, self.camera, span).await.unwrap()
    }

    /// Waits until so many seconds are written down; the stretch from the first to the last.
    pub async fn recorded(&self, platform: &Platform, seconds: i64) -> Span {
        self.until(platform, |line| {
            let length_us: i64 = line.recorded.iter().map(Span::length_us).sum();
            let (first, last) = (line.recorded.first()?, line.recorded.last()?);
            (length_us >= seconds * 1_000_000).then(|| Span::new(first.start, last.end))
        })
        .await
    }

    /// Waits until the time line shows something.
    pub async fn until<T>(&self, platform: &Platform, shown: impl Fn(&Timeline) -> Option<T>) -> T {
        let began = Instant::now();
        loop {
            let line = self.timeline(platform).await;
            if let Some(found) = shown(&line) {
                return found;
            }
            assert!(began.elapsed() < PATIENCE, "not shown in time: {line:?}");
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// Asks for an export and waits until it is done.
    pub async fn exported(&self, wanted: NewExportAsk) -> ExportRow {
        let (platform, ask) = (&self.world.platform, self.world.ask(self.manager));
        let id = platform.add_export(&ask, wanted).await.unwrap().id;
        loop {
            let row = platform.export(&ask, id).await.unwrap();
            assert_eq!(row.error, None);
            if row.ended_at.is_some() {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// All bytes of a stretch as a film.
    pub async fn film(&self, platform: &Platform, span: Span) -> Result<Vec<u8>, PlatformError> {
        let grant = self.grant(platform, LookupKind::Playback, span).await;
        let film =
            platform.film(&self.world.ask(self.manager), &grant, self.camera, span, FilmForm::File).await?;
        let read = move || film.read(0..film.length()).flat_map(Result::unwrap).collect();
        Ok(tokio::task::spawn_blocking(read).await.unwrap())
    }

    pub async fn close(self) {
        self.world.platform.stop().await;
        if let Some(school) = self.school {
            school.stop().await;
        }
    }
}
