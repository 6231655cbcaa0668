//! Browsers that look by WebRTC: who they are, whether they still may, and how they leave.
//!
//! The pictures travel over a socket of their own, so the session cannot be seen at the connection: a task for each viewer looks at it
//! again every few seconds, as for the other open streams, and sends the viewer away when it has ended.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::ids::{CameraId, UserId};
use platform::access::Viewing;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::app::App;
use crate::door::Asker;
use crate::feed::{SESSION_CHECK_PERIOD, still_signed_in, ticker};
use crate::limits::Seat;

/// The viewers that are there, by the last part of their address. Each has a [`Seat`], which is what limits their number.
#[derive(Default)]
pub struct Viewings {
    open: Mutex<HashMap<Uuid, Open>>,
}

struct Open {
    who: UserId,
    camera: CameraId,
    leave: CancellationToken,
}

impl Viewings {
    /// Sends a viewer away. False where there is none of this person at this address.
    pub fn end(&self, id: Uuid, camera: CameraId, who: UserId) -> bool {
        let open = self.lock();
        let found = open.get(&id).filter(|open| open.who == who && open.camera == camera);
        found.inspect(|open| open.leave.cancel()).is_some()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Watches over a viewer until it leaves, the session ends, the camera is no longer the person's, or the server stops. Returns the last
/// part of its address.
pub fn watch_over(app: &App, asker: Asker, seat: Seat, camera: CameraId, viewing: Viewing) -> Uuid {
    let surroundings = app.platform.surroundings();
    let id = surroundings.id(surroundings.now());
    let leave = CancellationToken::new();
    let open = Open { who: asker.who.account.id, camera, leave: leave.clone() };
    app.viewings.lock().insert(id, open);
    let app = app.clone();
    tokio::spawn(async move {
        tokio::select! {
            () = app.stop.cancelled() => {}
            () = leave.cancelled() => {}
            () = viewing.over() => {}
            () = not_allowed(&app, asker, camera) => {}
        }
        app.viewings.lock().remove(&id);
        drop((viewing, seat));
    });
    id
}

/// Resolves when the person may no longer look at the camera.
async fn not_allowed(app: &App, mut asker: Asker, camera: CameraId) {
    let mut checks = ticker(SESSION_CHECK_PERIOD);
    loop {
        checks.tick().await;
        let is_allowed = still_signed_in(app, &mut asker).await
            && asker.ask.access.may(domain::role::Capability::SeeLive)
            && app.platform.camera(&asker.ask, camera).await.is_ok();
        if !is_allowed {
            return;
        }
    }
}
