//! A message: its frame of command, number and id around a body.

use super::body::{Body, Root};
use super::value::Value;
use super::xml::{Document, Writer, XmlError, without_controls};
use crate::charset::decode;
use crate::id::{CatalogId, IdError};
use crate::profile::Dialect;

/// A message of MANSCDP.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The number that an answer repeats. 0 where a device leaves it out.
    pub sn: u64,
    /// Whom it is about. Of a broadcast it is the target, which is all that is written.
    pub device: CatalogId,
    /// What it says.
    pub body: Body,
}

/// Why a body is no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// The XML is refused.
    #[error("{0}")]
    Xml(#[from] XmlError),
    /// The root element is none of the four.
    #[error("the root element is none of Control, Query, Notify and Response")]
    Root,
    /// There is no command.
    #[error("there is no CmdType")]
    CmdType,
    /// There is no id, or none that is one.
    #[error("DeviceID: {0}")]
    DeviceId(IdError),
    /// A field is absent or senseless without which the message means nothing.
    #[error("{root} {cmd_type} lacks a field that it needs")]
    Incomplete {
        /// The root element.
        root: &'static str,
        /// The command; one of ours, so safe to print.
        cmd_type: String,
    },
}

impl Message {
    /// A message of ours.
    pub fn new(sn: u64, device: impl Into<CatalogId>, body: Body) -> Self {
        Self { sn, device: device.into(), body }
    }

    /// Reads the body of a MESSAGE, NOTIFY or SUBSCRIBE in whatever charset it is.
    pub fn parse(bytes: &[u8]) -> Result<Self, BodyError> {
        // Decoding at most doubles the bytes, so this bounds the memory before any of it is taken.
        if bytes.len() > super::xml::BODY_BYTES_MAX {
            return Err(XmlError::TooLarge(bytes.len()).into());
        }
        let text = without_controls(decode(bytes));
        let document = Document::read(&text)?;
        let node = document.root();
        let root = Root::of(node.name()).ok_or(BodyError::Root)?;
        let mut fields = node.fields();
        let cmd_type = fields.find(&["CmdType"]).map(|found| found.text()).filter(|text| !text.is_empty());
        let cmd_type = cmd_type.ok_or(BodyError::CmdType)?;
        let sn = fields.find(&["SN"]).and_then(u64::read).unwrap_or_default();
        let device = fields.find(&["DeviceID"]).map_or("", |found| found.text());
        let body = Body::read(root, cmd_type, node)
            .ok_or_else(|| BodyError::Incomplete { root: root.name(), cmd_type: cmd_type.to_owned() });
        if let Ok(Body::Broadcast(broadcast)) = &body {
            return Ok(Self { sn, device: broadcast.target.into(), body: body? });
        }
        let device = CatalogId::parse(device).map_err(BodyError::DeviceId)?;
        Ok(Self { sn, device, body: body? })
    }

    /// Writes the body for a device.
    pub fn write(&self, dialect: Dialect) -> Vec<u8> {
        let mut out = Writer::new(dialect);
        let root = self.body.root().name();
        out.begin(root);
        out.leaf("CmdType", self.body.cmd_type());
        Value::write(&self.sn, "SN", &mut out);
        // Who is spoken to stands in the body (A.2.5.5); a device that checks its elements answers 400 to one more (WVP#1765).
        if !matches!(self.body, Body::Broadcast(_)) {
            Value::write(&self.device, "DeviceID", &mut out);
        }
        self.body.write(&mut out);
        out.close(root);
        dialect.charset.encode(&out.finish())
    }
}
