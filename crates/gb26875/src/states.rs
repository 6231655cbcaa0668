//! States and operations: sets of bits, each with its name (8.2.1).

macro_rules! bits {
    ($(#[$doc:meta])* $name:ident($int:ty): $($bit:ident = $number:literal, $zh:literal, $en:literal;)+) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub struct $name(pub $int);

        impl $name {
            $(#[doc = $zh] pub const $bit: Self = Self(1 << $number);)+
            /// Every bit the standard names, in order: its word, Chinese and English.
            pub const NAMED: &[(Self, &'static str, &'static str, &'static str)] =
                &[$((Self::$bit, stringify!($bit), $zh, $en)),+];

            /// Whether all bits of the other are set.
            pub const fn has(self, other: Self) -> bool {
                self.0 & other.0 == other.0
            }

            /// Whether any bit of the other is set.
            pub const fn any(self, other: Self) -> bool {
                self.0 & other.0 != 0
            }

            /// Both together.
            #[must_use]
            pub const fn and(self, other: Self) -> Self {
                Self(self.0 | other.0)
            }

            /// The words of its set bits, in order.
            pub fn words(self) -> impl Iterator<Item = &'static str> {
                Self::NAMED.iter().filter(move |(bit, ..)| self.has(*bit)).map(|(_, word, ..)| *word)
            }
        }
    };
}

bits! {
    /// State of a building's fire facility system (8.2.1.1).
    SystemState(u16):
    NORMAL = 0, "正常运行", "running";
    FIRE = 1, "火警", "fire alarm";
    FAULT = 2, "故障", "fault";
    DISABLED = 3, "屏蔽", "disabled";
    SUPERVISED = 4, "监管", "supervisory";
    STARTED = 5, "启动", "started";
    FEEDBACK = 6, "反馈", "feedback";
    DELAYED = 7, "延时", "delayed";
    MAINS_FAULT = 8, "主电故障", "mains fault";
    BATTERY_FAULT = 9, "备电故障", "battery fault";
    BUS_FAULT = 10, "总线故障", "bus fault";
    MANUAL = 11, "手动状态", "manual";
    CHANGED = 12, "配置改变", "configuration changed";
    RESET = 13, "复位", "reset";
}

bits! {
    /// State of a component (8.2.1.2).
    ComponentState(u16):
    NORMAL = 0, "正常运行", "running";
    FIRE = 1, "火警", "fire alarm";
    FAULT = 2, "故障", "fault";
    DISABLED = 3, "屏蔽", "disabled";
    SUPERVISED = 4, "监管", "supervisory";
    STARTED = 5, "启动", "started";
    FEEDBACK = 6, "反馈", "feedback";
    DELAYED = 7, "延时", "delayed";
    POWER_FAULT = 8, "电源故障", "power fault";
}

bits! {
    /// State of the transmission device itself (8.2.1.9).
    DeviceState(u8):
    NORMAL = 0, "正常监视", "watching";
    FIRE = 1, "火警", "fire alarm";
    FAULT = 2, "故障", "fault";
    MAINS_FAULT = 3, "主电故障", "mains fault";
    BATTERY_FAULT = 4, "备电故障", "battery fault";
    CENTRE_FAULT = 5, "与监控中心通信信道故障", "line to the centre";
    LINE_FAULT = 6, "监测连接线路故障", "monitored line";
}

bits! {
    /// What somebody did at a panel or at the transmission device (8.2.1.4, 8.2.1.10). Bit 5 is "confirm" at a panel and "answer to a
    /// roll-call" at the device.
    Operations(u8):
    RESET = 0, "复位", "reset";
    SILENCE = 1, "消音", "silence";
    MANUAL_ALARM = 2, "手动报警", "manual alarm";
    CLEARED = 3, "警情消除", "alarm cleared";
    SELF_TEST = 4, "自检", "self-test";
    ANSWER = 5, "查岗应答", "answer to a roll-call";
    TEST = 6, "测试", "test";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_have_their_words() {
        assert_eq!(ComponentState(0b110).words().collect::<Vec<_>>(), ["FIRE", "FAULT"]);
        assert_eq!(Operations(32).words().collect::<Vec<_>>(), ["ANSWER"]);
        assert!(SystemState::FIRE.and(SystemState::MANUAL).any(SystemState::MANUAL));
        assert!(!DeviceState(0x80).has(DeviceState::LINE_FAULT));
    }
}
