//! What the line does with what comes in: events of the protocol, acts of the tasks beside it, news of the house.

use std::time::Duration;

use domain::camera::CameraState;
use domain::device::UpperState;
use gb28181::device::{Effect, Event, SessionId, Standing};
use gb28181::manscdp::Body;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use tracing::{info, warn};

use super::front::Wish;
use super::line::{ALARMS_MAX, Act, Line, Turn};
use super::session::{Open, Session};
use super::standing::{UpperSession, kind_of, refusal};
use super::tree::Tree;
use super::{alarms, news, wishes};
use crate::access::devices::wire_id;
use crate::events::Event as News;

/// The tree is read again at least so often: units are renamed and cameras removed without an event.
const REFRESH_PERIOD: Duration = Duration::from_mins(1);
/// And at most so often, however much devices have to tell.
const REFRESH_PAUSE: Duration = Duration::from_secs(3);

impl Line {
    /// Sends, tells and begins what has gathered.
    pub(super) fn act(&mut self) {
        while !self.effects.is_empty() {
            for effect in std::mem::take(&mut self.effects) {
                match effect {
                    Effect::Send { bytes, to } => self.way.sockets.send(&bytes, to),
                    Effect::Tell(event) => self.happened(event),
                }
            }
        }
        for wish in std::mem::take(&mut self.front.wishes) {
            self.begin(wish);
        }
        if !self.is_refreshing && self.refresh_at <= Instant::now() {
            self.refresh();
        }
        let refused = self.front.refused;
        let is_subscribed = self.device.is_subscribed(self.now(), "Catalog");
        self.board.note(|standing| {
            standing.refused_orders = refused;
            standing.is_subscribed = is_subscribed;
        });
    }

    fn happened(&mut self, event: Event) {
        let at = self.front.platform.surroundings().now();
        match event {
            Event::Registered { .. } => {
                self.board.enter(UpperState::Registered, at);
                self.tell_alarms();
            }
            Event::Refused { status } => {
                let (state, trouble) = refusal(status);
                info!(
                    upper = self.front.upper.name,
                    status, "an upper platform does not take our registration"
                );
                self.board.fail(state, trouble, status.to_string(), at);
                // Over a connection, silence means that it leads nowhere; and a server we were sent to is left again.
                if !self.way.server.is_datagram() && status == 408 {
                    self.end = Some(Turn::Back);
                }
            }
            Event::Redirected { to } => {
                info!(upper = self.front.upper.name, to, "an upper platform sends us to another server");
                if !self.way.server.is_datagram() {
                    self.end = Some(Turn::To(to));
                }
            }
            // Voices of upper platforms are declined, so none begins.
            Event::Unregistered | Event::VoiceStarted(_) | Event::VoiceEnded { .. } => {}
            Event::Subscribed { cmd_type, is_new } => {
                if is_new && cmd_type == "Catalog" {
                    self.tell_catalogue(&news::absent(&self.front.tree));
                }
            }
            Event::SessionStarted(invitation) => {
                let started = self.sessions.get_mut(&invitation.session).and_then(|open| open.started.take());
                if started.is_none_or(|started| started.send(()).is_err()) {
                    self.hang_up(invitation.session);
                }
            }
            Event::Controlled { session, action } => {
                if let Some(open) = self.sessions.get(&session) {
                    // Whoever gives more orders than are taken gives them again.
                    let _ = open.orders.try_send(action);
                }
            }
            Event::SessionEnded { session } => {
                if let Some(open) = self.sessions.get(&session) {
                    open.stop.cancel();
                }
            }
        }
    }

    fn begin(&mut self, wish: Wish) {
        let (platform, upper) = (self.front.platform.clone(), self.front.upper.clone());
        match wish {
            Wish::Ask { sn, about, shown, body } => {
                self.front.asking += 1;
                let give = self.give.clone();
                self.jobs.spawn(async move {
                    let act = wishes::fulfil(&platform, &upper, (sn, about), &shown, *body).await;
                    // At the very end nobody listens any more.
                    let _ = give.send(act);
                });
            }
            Wish::Pictures(invitation, shown) => {
                let (open, ears) = Open::new(tokio_util::sync::CancellationToken::new());
                self.sessions.insert(invitation.session, open);
                self.board.note(|standing| {
                    standing.sessions.push(UpperSession {
                        session: invitation.session.0,
                        camera: shown.name.clone(),
                        gb_id: shown.gb_id.to_string(),
                        kind: kind_of(&invitation.kind),
                        since: platform.surroundings().now(),
                        frames: 0,
                        bytes: 0,
                    });
                });
                let session = Session {
                    media_host: self.media_host(),
                    platform,
                    upper,
                    invitation: *invitation,
                    shown: *shown,
                    acts: self.give.clone(),
                };
                self.jobs.spawn(session.run(ears));
            }
        }
    }

    fn media_host(&self) -> String {
        let access = self.front.platform.inner.settings.access.as_ref();
        access
            .and_then(|access| access.media_address.clone())
            .unwrap_or_else(|| self.way.local.ip().to_string())
    }

    pub(super) fn take_act(&mut self, act: Act) {
        let now = self.now();
        match act {
            Act::Tree(tree) => self.take_tree(tree),
            Act::Alarm(row) => {
                if self.alarms.len() >= ALARMS_MAX {
                    warn!(
                        upper = self.front.upper.name,
                        "an upper platform is away too long; its oldest alarm is left out"
                    );
                    self.alarms.pop_front();
                }
                self.alarms.push_back(row);
                self.tell_alarms();
            }
            Act::Answer { sn, about, body } => {
                self.front.asking = self.front.asking.saturating_sub(1);
                if let Some(body) = body {
                    self.device.respond(now, sn, about, body, &mut self.effects);
                }
            }
            Act::Recordings { sn, about, recordings } => {
                self.front.asking = self.front.asking.saturating_sub(1);
                self.device.respond_recordings(now, sn, about, &recordings, &mut self.effects);
            }
            Act::Accept(session, accepted) => self.device.accept(now, session, &accepted, &mut self.effects),
            Act::Decline(session, declined) => self.device.decline(now, session, declined, &mut self.effects),
            Act::FileEnd(session) => self.device.file_end(now, session, &mut self.effects),
            Act::HangUp(session) => self.hang_up(session),
            Act::Count(session, frames, bytes) => self.board.note(|standing| {
                if let Some(one) = standing.sessions.iter_mut().find(|one| one.session == session.0) {
                    (one.frames, one.bytes) = (frames, bytes);
                }
            }),
            Act::Finished(session) => {
                self.sessions.remove(&session);
                self.front.sessions = self.front.sessions.saturating_sub(1);
                self.board.note(|standing| standing.sessions.retain(|one| one.session != session.0));
            }
        }
    }

    fn hang_up(&mut self, session: SessionId) {
        let now = self.now();
        self.device.hang_up(now, session, &mut self.effects);
    }

    pub(super) fn take_news(&mut self, told: &Result<News, RecvError>) {
        match told {
            Ok(News::Camera { id, state, .. }) => match state {
                CameraState::Online => self.turn(*id, true),
                // Whether a camera that rests could show something depends on its device, and one that is switched off or removed is
                // not shown: the tree is read again.
                CameraState::Resting | CameraState::Connecting | CameraState::Disabled => self.refresh_soon(),
                _ => self.turn(*id, false),
            },
            Ok(News::Devices) | Err(RecvError::Lagged(_)) => self.refresh_soon(),
            Ok(News::Alarm { raised: true, id, .. }) if self.front.upper.shares.alarms => {
                let (platform, upper) = (self.front.platform.clone(), self.front.upper.clone());
                let (id, give) = (*id, self.give.clone());
                self.jobs.spawn(async move {
                    if let Some(act) = alarms::read(&platform, &upper, id).await {
                        let _ = give.send(act);
                    }
                });
            }
            Ok(_) | Err(RecvError::Closed) => {}
        }
    }

    fn turn(&mut self, id: domain::ids::CameraId, is_on: bool) {
        match self.front.tree.turn(id, is_on) {
            Some(item) => self.tell_catalogue(&[news::turned(&item)]),
            // Not shown yet, perhaps because it has just been entered.
            None if self.front.tree.camera_of(id).is_none() => self.refresh_soon(),
            None => {}
        }
    }

    fn refresh_soon(&mut self) {
        self.refresh_at = self.refresh_at.min(Instant::now() + REFRESH_PAUSE);
    }

    fn refresh(&mut self) {
        self.is_refreshing = true;
        self.refresh_at = Instant::now() + REFRESH_PERIOD;
        let (platform, upper, give) =
            (self.front.platform.clone(), self.front.upper.clone(), self.give.clone());
        self.jobs.spawn(async move {
            let tree = match platform.shown_tree(&upper).await {
                Ok(tree) => Some(Box::new(tree)),
                Err(error) => {
                    warn!(upper = upper.name, %error, "what an upper platform is shown could not be read");
                    None
                }
            };
            let _ = give.send(Act::Tree(tree));
        });
    }

    fn take_tree(&mut self, tree: Option<Box<Tree>>) {
        self.is_refreshing = false;
        let Some(tree) = tree else { return };
        if tree.beyond > 0 {
            warn!(
                upper = self.front.upper.name,
                beyond = tree.beyond,
                "more cameras than one upper platform is shown"
            );
        }
        let news = news::between(&self.front.tree, &tree);
        self.front.tree = *tree;
        let items = self.front.tree.items().count();
        self.board.note(|standing| standing.items = Some(items));
        self.tell_catalogue(&news);
    }

    fn tell_catalogue(&mut self, items: &[gb28181::manscdp::catalog::CatalogItem]) {
        if !items.is_empty() {
            let (now, about) = (self.now(), wire_id(&self.front.upper.own_gb_id).into());
            // Who has not subscribed asks when it wants to know.
            let _ = self.device.report_catalog(now, about, items, &mut self.effects);
        }
    }

    /// Tells the alarms that wait, once somebody is there to hear them.
    fn tell_alarms(&mut self) {
        while self.device.standing() == Standing::Registered {
            let Some(row) = self.alarms.pop_front() else { return };
            let point = alarms::point(&row, &self.front.tree, &self.front.upper);
            let now = self.now();
            self.device.report(now, point, Body::Alarm(alarms::told(&row)), &mut self.effects);
            self.board.note(|standing| standing.alarms_told += 1);
        }
    }
}
