//! The model that serves: which weights look at the pictures, and why a file that was asked for does not.

use std::path::PathBuf;

use domain::role::Capability;

use crate::{Ask, Platform, PlatformError};

/// How the platform learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningSettings {
    /// Days that a picture of an answered alarm is kept as a sample; 0: none are.
    pub sample_days: u32,
    /// Where the weights come from.
    pub weights: ServingWeights,
}

impl Default for LearningSettings {
    fn default() -> Self {
        Self { sample_days: 180, weights: ServingWeights::default() }
    }
}

/// Where the weights of the watch come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServingWeights {
    /// The file that was asked for; none: those in the program.
    pub file: Option<PathBuf>,
    /// Why it cannot serve, so that those in the program do.
    pub refused: Option<String>,
}

/// The model that serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServingModel {
    /// Its version, as it stands on every alarm.
    pub version: String,
    /// Where it comes from.
    pub weights: ServingWeights,
}

impl Platform {
    /// The model that looks at pictures, for whoever looks after the system.
    pub fn serving_model(&self, ask: &Ask) -> Result<ServingModel, PlatformError> {
        ask.access.need(Capability::SeeSystem)?;
        let weights = self.inner.settings.learning.weights.clone();
        Ok(ServingModel { version: self.model_version().to_owned(), weights })
    }

    /// Version of the model that serves.
    pub fn model_version(&self) -> &str {
        self.inner.workers.model_version()
    }
}
