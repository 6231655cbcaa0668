//! A small S3 service in memory: one bucket, one access key, faults on demand. It computes every signature itself, from what arrived and by another
//! way than the product, so that a request which it takes is one that a service would take.
//!
//! As much of the interface as recordings need: objects put whole, read by range, asked for, removed and listed. Buckets stand in the path.

mod answers;
mod http;
mod signature;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// What goes wrong.
#[derive(Debug, Clone, Default)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a fault of its own, and several may happen at once"
)]
pub struct StorageFaults {
    /// So many requests are answered with 503.
    pub busy: u32,
    /// Connections are closed without an answer.
    pub is_away: bool,
    /// Every answer comes so much later.
    pub delay: Duration,
    /// Bodies of answers are cut in their middle.
    pub cuts: bool,
    /// The last byte of what is put is stored wrong.
    pub corrupts: bool,
    /// Objects are put, and the connection is closed instead of an answer.
    pub forgets_answers: bool,
    /// Everything is refused with 403 `AccessDenied`.
    pub denies: bool,
    /// No digests of objects are kept, as some services do.
    pub keeps_no_digests: bool,
}

/// A service that runs until it is dropped.
pub struct Storage {
    address: SocketAddr,
    state: Arc<State>,
    task: JoinHandle<()>,
}

/// What the service holds.
pub(crate) struct State {
    bucket: String,
    key_id: String,
    secret: String,
    objects: Mutex<BTreeMap<String, Object>>,
    faults: Mutex<StorageFaults>,
    /// Methods and targets, as they came.
    asked: Mutex<Vec<String>>,
}

#[derive(Clone)]
struct Object {
    content: Vec<u8>,
    checksum: Option<String>,
}

impl Storage {
    /// Starts a service with an empty bucket on a port of the loopback.
    pub async fn start(bucket: &str, key_id: &str, secret: &str) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            bucket: bucket.to_owned(),
            key_id: key_id.to_owned(),
            secret: secret.to_owned(),
            objects: Mutex::default(),
            faults: Mutex::default(),
            asked: Mutex::default(),
        });
        let task = tokio::spawn(http::serve(listener, Arc::clone(&state)));
        Ok(Self { address, state, task })
    }

    /// Where it is, as an administrator enters it.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Changes what goes wrong.
    pub fn set_faults(&self, faults: StorageFaults) {
        *locked(&self.state.faults) = faults;
    }

    /// Keys of the objects that are there.
    pub fn keys(&self) -> Vec<String> {
        locked(&self.state.objects).keys().cloned().collect()
    }

    /// The content of an object.
    pub fn object(&self, key: &str) -> Option<Vec<u8>> {
        locked(&self.state.objects).get(key).map(|object| object.content.clone())
    }

    /// Puts an object there as somebody else would; nothing removes it.
    pub fn set_object(&self, key: &str, content: Option<Vec<u8>>) {
        let mut objects = locked(&self.state.objects);
        match content {
            Some(content) => objects.insert(key.to_owned(), Object { content, checksum: None }),
            None => objects.remove(key),
        };
    }

    /// Methods and targets of all requests since the last time that was asked.
    pub fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut *locked(&self.state.asked))
    }
}

impl Drop for Storage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
