//! What waits to be written by one thread. How many bytes may wait is counted for the whole disk, by whoever puts something in.

use super::event::SegmentId;
use super::fragment::{Fragment, StreamId};
use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Something to be done, in the order of its stream.
#[derive(Debug)]
pub(super) enum Job {
    /// Write a fragment into a file, which begins with it where it is not there yet.
    Write {
        stream: StreamId,
        segment: SegmentId,
        /// How often the disk had gone out when the file was begun.
        outs: u64,
        fragment: Fragment,
    },
    /// The stream ends, or goes on elsewhere.
    Close(StreamId),
}

/// Jobs of one thread.
#[derive(Debug, Default)]
pub(super) struct Queue {
    jobs: Mutex<Jobs>,
    woken: Condvar,
}

#[derive(Debug, Default)]
struct Jobs {
    waiting: VecDeque<Job>,
    is_closed: bool,
}

impl Queue {
    fn jobs(&self) -> MutexGuard<'_, Jobs> {
        // A list and a flag, each changed in one step.
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a job in; gives it back where no more are taken.
    pub(super) fn put(&self, job: Job) -> Result<(), Job> {
        let mut jobs = self.jobs();
        if jobs.is_closed {
            return Err(job);
        }
        jobs.waiting.push_back(job);
        drop(jobs);
        self.woken.notify_one();
        Ok(())
    }

    /// Waits for the next job; `None` when all are done and no more are taken.
    pub(super) fn take(&self) -> Option<Job> {
        let mut jobs = self.jobs();
        loop {
            if let Some(job) = jobs.waiting.pop_front() {
                return Some(job);
            }
            if jobs.is_closed {
                return None;
            }
            jobs = self.woken.wait(jobs).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes no more jobs; those that wait are still done.
    pub(super) fn close(&self) {
        self.jobs().is_closed = true;
        self.woken.notify_all();
    }

    /// Takes away what still waits.
    pub(super) fn clear(&self) -> VecDeque<Job> {
        std::mem::take(&mut self.jobs().waiting)
    }
}
