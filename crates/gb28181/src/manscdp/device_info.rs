//! Who made a device and how many channels it has (A.2.6.5).

use super::block::block;
use super::outcome::ResultCode;

block! {
    /// The answer to a query for `DeviceInfo`.
    #[derive(Default)]
    pub struct DeviceInfo {
        /// Its name.
        name: Option<String> = "DeviceName",
        /// Whether the query worked.
        result: Option<ResultCode> = "Result",
        /// Its maker.
        manufacturer: Option<String> = "Manufacturer",
        /// Its model.
        model: Option<String> = "Model",
        /// Its firmware.
        firmware: Option<String> = "Firmware",
        /// How many video channels it has.
        channels: Option<u32> = "Channel",
    }
}
