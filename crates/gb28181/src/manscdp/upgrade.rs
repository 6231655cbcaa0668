//! New firmware (2022, 9.13): the order and its result.

use super::block::{block, codes};
use super::outcome::ResultCode;

block! {
    /// The order to load new firmware, a child of `DeviceControl`.
    pub struct DeviceUpgrade {
        /// The version.
        firmware: String = "Firmware",
        /// Where it lies.
        url: String = "FileURL",
        /// Whose it is.
        manufacturer: Option<String> = "Manufacturer",
        /// A name for this order, 32 to 128 characters.
        session: String = "SessionID",
    }
}

codes! {
    /// Why an upgrade failed.
    pub enum UpgradeFailure {
        /// The file could not be fetched.
        Download = "01",
        /// It does not fit the device.
        Mismatch = "02",
        /// It could not be installed.
        Install = "03",
        /// Something else.
        Other = "99",
    }
}

block! {
    /// How it ended.
    pub struct UpgradeResult {
        /// The order's name.
        session: String = "SessionID",
        /// Whether it worked.
        result: Option<ResultCode> = "UpgradeResult",
        /// The version that runs now.
        firmware: Option<String> = "Firmware",
        /// Why it did not work.
        failure: Option<UpgradeFailure> = "UpgradeFailedReason",
    }
}
