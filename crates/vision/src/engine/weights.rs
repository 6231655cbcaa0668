//! Reading weights: a safetensors file with f16 tensors and string metadata.

use std::collections::HashMap;

use half::f16;
use safetensors::{Dtype, SafeTensors};
use thiserror::Error;

/// A weights file that cannot be used.
#[derive(Debug, Error)]
pub enum WeightsError {
    /// Not a safetensors file.
    #[error("weights file: {0}")]
    File(#[from] safetensors::SafeTensorError),
    /// A tensor the network needs is missing.
    #[error("weights file: no tensor {0}")]
    Missing(String),
    /// A tensor of another type or shape than the network needs.
    #[error("weights file: tensor {name} is {found}, needed is {needed}")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// What the file holds.
        found: String,
        /// What the network needs.
        needed: String,
    },
    /// A number in a tensor is infinite or not a number.
    #[error("weights file: tensor {0} holds a value that is not finite")]
    NotFinite(String),
    /// A weights file of another model.
    #[error("weights file: format {found}, needed is {needed}")]
    Format {
        /// What the file says it is.
        found: String,
        /// What the model reads.
        needed: &'static str,
    },
    /// A metadata entry is missing or unreadable.
    #[error("weights file: metadata entry {0} is missing or unreadable")]
    Metadata(&'static str),
}

/// An opened weights file.
pub struct Weights<'a> {
    tensors: SafeTensors<'a>,
    metadata: HashMap<String, String>,
}

impl<'a> Weights<'a> {
    /// Opens a file held in memory; tensors are converted when they are taken.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, WeightsError> {
        let (_, header) = SafeTensors::read_metadata(bytes)?;
        let metadata = header.metadata().clone().unwrap_or_default();
        Ok(Self { tensors: SafeTensors::deserialize(bytes)?, metadata })
    }

    /// Refuses a file of another model.
    pub fn expect_format(&self, needed: &'static str) -> Result<(), WeightsError> {
        match self.metadata.get("format").map_or("(none)", String::as_str) {
            found if found == needed => Ok(()),
            found => Err(WeightsError::Format { found: found.into(), needed }),
        }
    }

    /// A text entry of the header.
    pub fn text(&self, key: &'static str) -> Result<&str, WeightsError> {
        self.metadata.get(key).map(String::as_str).ok_or(WeightsError::Metadata(key))
    }

    /// A number between 0 and 1 from the header.
    pub fn share(&self, key: &'static str) -> Result<f32, WeightsError> {
        let share = self.text(key)?.parse().ok().filter(|x| (0.0..=1.0).contains(x));
        share.ok_or(WeightsError::Metadata(key))
    }

    /// The tensor `name`, which must be f16 and have exactly this shape.
    pub fn take(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightsError> {
        let view = self.tensors.tensor(name).map_err(|_| WeightsError::Missing(name.into()))?;
        if view.dtype() != Dtype::F16 || view.shape() != shape {
            return Err(WeightsError::Shape {
                name: name.into(),
                found: format!("{:?} {:?}", view.dtype(), view.shape()),
                needed: format!("F16 {shape:?}"),
            });
        }
        let values: Vec<f32> =
            view.data().chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect();
        if values.iter().all(|x| x.is_finite()) {
            Ok(values)
        } else {
            Err(WeightsError::NotFinite(name.into()))
        }
    }
}
