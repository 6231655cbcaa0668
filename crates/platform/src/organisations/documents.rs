//! The signed contract as a file: added by either side, read by both and by nobody else. What it is, is told by its first bytes, not by its name.

use domain::ids::{BlobId, ContractId};
use domain::role::Capability;
use store::{ContractDocument, NewContractDocument, sha256_hex};

use super::text;
use crate::audit::Object;
use crate::events::Event;
use crate::{Ask, Platform, PlatformError};

/// Largest file: some tens of scanned pages.
pub const CONTRACT_BYTES_MAX: usize = 20 * 1024 * 1024;
/// Longest name of a file, in characters.
const FILE_NAME_CHARS_MAX: usize = 120;

impl Platform {
    /// Files of a contract, the last added first.
    pub async fn contract_documents(
        &self,
        ask: &Ask,
        contract: ContractId,
    ) -> Result<Vec<ContractDocument>, PlatformError> {
        ask.access.need(Capability::AgreeContracts)?;
        Ok(self.inner.store.contract_documents(&ask.access, contract).await?)
    }

    /// Adds the signed contract: PDF, JPEG or PNG.
    pub async fn add_contract_document(
        &self,
        ask: &Ask,
        contract: ContractId,
        file_name: &str,
        bytes: &[u8],
    ) -> Result<Vec<ContractDocument>, PlatformError> {
        ask.access.need(Capability::AgreeContracts)?;
        let content_type = document_type(bytes)?;
        // Only the last part: some browsers send a whole path.
        let last = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let new = NewContractDocument {
            id: BlobId(self.inner.surroundings.id(ask.now)),
            contract_id: contract,
            file_name: text("file_name", last, FILE_NAME_CHARS_MAX)?,
            content_type,
            sha256: sha256_hex(bytes),
            at: ask.now,
        };
        self.inner.store.add_contract_document(&ask.access, &new, bytes).await?;
        self.audit(ask, "contract_document_add", object(contract, &new.file_name), "ok", Some(new.sha256))
            .await?;
        self.inner.events.publish(Event::Organisations);
        self.contract_documents(ask, contract).await
    }

    /// One file with its bytes.
    pub async fn contract_document(
        &self,
        ask: &Ask,
        contract: ContractId,
        id: BlobId,
    ) -> Result<(ContractDocument, Vec<u8>), PlatformError> {
        ask.access.need(Capability::AgreeContracts)?;
        let found = self.inner.store.contract_document(&ask.access, contract, id).await?;
        self.audit(ask, "contract_document_read", object(contract, &found.0.file_name), "ok", None).await?;
        Ok(found)
    }
}

fn document_type(bytes: &[u8]) -> Result<&'static str, PlatformError> {
    if bytes.len() > CONTRACT_BYTES_MAX {
        return Err(PlatformError::field("file", "too_large", "at most 20 MiB"));
    }
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok("application/pdf"),
        [0xff, 0xd8, 0xff, ..] => Ok("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Ok("image/png"),
        _ => Err(PlatformError::field("file", "not_a_document", "send a PDF, JPEG or PNG file")),
    }
}

fn object(contract: ContractId, name: &str) -> Object {
    Object { kind: "contract", id: Some(contract.to_string()), name: Some(name.to_owned()), unit_id: None }
}
