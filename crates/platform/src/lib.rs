//! The desks: one module per desk of a duty room or an office, each a set of use cases that join rows, video, pictures and rules.
//!
//! Every use case takes an [`Ask`]: who is asking, and what time it is. Deliberately absent: sockets for people, SQL, rendering.
//! An observation becomes an alarm only here (`watch` hands it to `alarms`).

pub mod access;
pub mod alarms;
pub mod ask;
pub mod audit;
pub mod bulletins;
pub mod canonical;
pub mod contacts;
pub mod drills;
pub mod duty;
pub mod error;
pub mod events;
pub mod figures;
pub mod ledger;
pub mod lint;
pub mod notices;
pub mod notify;
pub mod organisations;
pub mod overview;
pub mod people;
pub mod progress;
pub mod quality;
pub mod recording;
pub mod register;
pub mod registry;
pub mod reports;
pub mod roll_calls;
pub mod rows;
pub mod seal;
mod seeds;
pub mod signing;
pub mod surroundings;
pub mod verify;
pub mod watch;
pub mod watchdog;

use std::sync::Arc;

pub use ask::Ask;
pub use error::{FieldError, PlatformError};
pub use surroundings::Surroundings;

use store::Store;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What the platform needs to be told.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How people sign in.
    pub people: people::Policy,
    /// How the watch looks at pictures.
    pub watch: watch::WatchSettings,
    /// How alarms behave.
    pub alarms: alarms::AlarmSettings,
    /// How the platform learns from answers.
    pub learning: quality::LearningSettings,
    /// How devices are spoken with; none: they are not.
    pub access: Option<access::devices::AccessSettings>,
    /// How transmission devices of fire facilities are listened to; none: they are not.
    pub transmitters: Option<access::transmitters::TransmitterSettings>,
    /// How cameras are looked at.
    pub live: access::LiveSettings,
    /// How the bulletin desk works.
    pub bulletins: bulletins::BulletinSettings,
    /// How notices behave.
    pub notices: notices::NoticeSettings,
    /// What is asked of organisations that do the duty.
    pub organisations: organisations::OrganisationSettings,
    /// What is asked of rosters.
    pub duty: duty::DutySettings,
    /// How duty rooms are asked.
    pub roll_calls: roll_calls::RollCallSettings,
    /// How the outside is told.
    pub notify: notify::NotifySettings,
    /// How cameras are recorded; none: they are not.
    pub recording: Option<recording::RecordingSettings>,
    /// True for a demonstration with simulated schools; shown on every page.
    pub demo: bool,
}

/// Everything the desks share. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    pub(crate) surroundings: Surroundings,
    pub(crate) seal: seal::Seal,
    pub(crate) events: events::Bus,
    pub(crate) raising: alarms::Together,
    pub(crate) outbox_written: tokio::sync::Notify,
    pub(crate) look_asked: tokio::sync::Notify,
    pub(crate) put_back: alarms::PutBack,
    pub(crate) outlets: Vec<Arc<notify::Outlet>>,
    pub(crate) outside: Arc<notify::Http>,
    pub(crate) watchdog: watchdog::Watchdog,
    pub(crate) calendar_noted: std::sync::Mutex<Option<jiff::civil::Date>>,
    pub(crate) cameras: access::Running,
    pub(crate) windows: access::Windows,
    pub(crate) conversions: access::Conversions,
    pub(crate) line: access::devices::Line,
    pub(crate) uploads: Arc<access::devices::Uploads>,
    pub(crate) cascade: access::cascade::Cascade,
    pub(crate) heads: access::heads::Heads,
    pub(crate) camera_clocks: access::CameraClocks,
    pub(crate) transmitters: access::transmitters::Desk,
    pub(crate) awake: duty::Awake,
    pub(crate) facility_told: tokio::sync::Notify,
    pub(crate) looks: audit::RecentLooks,
    pub(crate) recording: recording::Desk,
    pub(crate) roll_calls: roll_calls::Desk,
    pub(crate) workers: watch::Workers,
    pub(crate) candidates: watch::Candidates,
    pub(crate) presence: ledger::PresenceDesk,
    pub(crate) samples: quality::Samples,
    pub(crate) presses: bulletins::Presses,
    pub(crate) faces: Arc<bulletins::Faces>,
    pub(crate) tasks: TaskTracker,
    pub(crate) stop: CancellationToken,
}

impl Platform {
    /// Joins the parts. Nothing runs until [`Platform::start`].
    pub fn new(
        store: Store,
        settings: Settings,
        surroundings: Surroundings,
        seal: seal::Seal,
        model: Arc<vision::FireSmoke>,
    ) -> Self {
        let settings_access = settings.access.clone();
        let workers = watch::Workers::new(model, &settings.watch);
        let conversions = access::Conversions::new(settings.live.conversions_max);
        let presses = bulletins::Presses::new(settings.bulletins.prints_at_once);
        let heads =
            access::heads::Heads::new(surroundings.media_clock(), surroundings.random(), settings.demo);
        let outlets = notify::Outlet::all(&settings.notify);
        let outside = Arc::new(notify::Http::new(settings.notify.allowed.clone()));
        let faces = Arc::new(bulletins::Faces::new(settings.bulletins.font_folders.clone()));
        Self {
            inner: Arc::new(Inner {
                store,
                settings,
                surroundings,
                seal,
                events: events::Bus::new(),
                raising: alarms::Together::default(),
                outbox_written: tokio::sync::Notify::new(),
                look_asked: tokio::sync::Notify::new(),
                put_back: alarms::PutBack::default(),
                outlets,
                outside,
                watchdog: watchdog::Watchdog::default(),
                calendar_noted: std::sync::Mutex::default(),
                cameras: access::Running::default(),
                windows: access::Windows::default(),
                conversions,
                line: access::devices::Line::new(settings_access.as_ref()),
                uploads: Arc::default(),
                cascade: access::cascade::Cascade::default(),
                heads,
                camera_clocks: access::CameraClocks::default(),
                transmitters: access::transmitters::Desk::default(),
                awake: duty::Awake::default(),
                facility_told: tokio::sync::Notify::new(),
                looks: audit::RecentLooks::default(),
                recording: recording::Desk::default(),
                roll_calls: roll_calls::Desk::default(),
                workers,
                candidates: watch::Candidates::default(),
                presence: ledger::PresenceDesk::default(),
                samples: quality::Samples::default(),
                presses,
                faces,
                tasks: TaskTracker::new(),
                stop: CancellationToken::new(),
            }),
        }
    }

    /// Starts the standing work: the notifier, the alarm clocks, the round of notices, those of duty contracts and duty rooms, the watchdog, the channels to the outside, the round of rule
    /// quality, the thinning of old device notices, the recorder, the line to the devices, every camera that is switched on, the ports for fire
    /// facilities, who looks which of them is away, the roll-calls, the drills, the round of their clocks, and last the lines to the platforms above, which are shown what is there by then.
    pub async fn start(&self) -> Result<(), PlatformError> {
        self.inner.tasks.spawn(notify::run(self.clone()));
        self.inner.tasks.spawn(alarms::run_clocks(self.clone()));
        self.inner.tasks.spawn(notices::run(self.clone()));
        self.inner.tasks.spawn(organisations::run(self.clone()));
        self.inner.tasks.spawn(duty::run(self.clone()));
        self.note_unprobed();
        self.inner.tasks.spawn(watchdog::run(self.clone()));
        self.free_claims().await?;
        for outlet in &self.inner.outlets {
            self.inner.tasks.spawn(notify::run_outlet(self.clone(), outlet.clone()));
        }
        self.inner.tasks.spawn(quality::run(self.clone()));
        self.inner.tasks.spawn(access::devices::thinning::run(self.clone()));
        self.start_recording().await?;
        self.open_windows();
        self.inner.line.start(self).await?;
        self.start_cameras().await?;
        self.start_transmitters().await?;
        self.inner.tasks.spawn(ledger::run(self.clone()));
        self.inner.tasks.spawn(access::run_offline(self.clone()));
        // After the cameras: who is asked is looked at.
        self.inner.tasks.spawn(roll_calls::run(self.clone()));
        self.inner.tasks.spawn(drills::run(self.clone()));
        self.inner.tasks.spawn(access::run_clocks(self.clone()));
        self.start_uppers().await
    }

    /// Stops lines to platforms above, cameras, the recorder and standing work, in that order, and waits for them.
    pub async fn stop(&self) {
        self.inner.stop.cancel();
        self.stop_uppers().await;
        self.stop_cameras().await;
        self.stop_recording().await;
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }

    /// True for a demonstration.
    pub fn is_demo(&self) -> bool {
        self.inner.settings.demo
    }

    /// Clock, ids and randomness.
    pub fn surroundings(&self) -> &Surroundings {
        &self.inner.surroundings
    }
}
