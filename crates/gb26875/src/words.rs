//! Names of systems, components and analog values (tables 4 to 6). Numbers from 128 on are the makers' own.

/// Types of fire facility systems: number, Chinese, English (table 4).
pub const SYSTEMS: &[(u8, &str, &str)] = &[
    (0, "通用", "general"),
    (1, "火灾报警系统", "fire alarm system"),
    (10, "消防联动控制器", "linkage controller"),
    (11, "消火栓系统", "hydrant system"),
    (12, "自动喷水灭火系统", "sprinkler system"),
    (13, "气体灭火系统", "gas extinguishing system"),
    (14, "水喷雾灭火系统（泵启动方式）", "water spray system (pump)"),
    (15, "水喷雾灭火系统（压力容器启动方式）", "water spray system (vessel)"),
    (16, "泡沫灭火系统", "foam system"),
    (17, "干粉灭火系统", "powder system"),
    (18, "防烟排烟系统", "smoke control system"),
    (19, "防火门及卷帘系统", "fire doors and shutters"),
    (20, "消防电梯", "fire lift"),
    (21, "消防应急广播", "emergency broadcast"),
    (22, "消防应急照明和疏散指示系统", "emergency lighting and signs"),
    (23, "消防电源", "fire power supply"),
    (24, "消防电话", "fire telephone"),
];

/// Types of components: number, Chinese, English (table 5).
pub const COMPONENTS: &[(u8, &str, &str)] = &[
    (0, "通用", "general"),
    (1, "火灾报警控制器", "fire alarm control panel"),
    (10, "可燃气体探测器", "gas detector"),
    (11, "点型可燃气体探测器", "point gas detector"),
    (12, "独立式可燃气体探测器", "stand-alone gas detector"),
    (13, "线型可燃气体探测器", "line gas detector"),
    (16, "电气火灾监控报警器", "electrical fire monitor"),
    (17, "剩余电流式电气火灾监控探测器", "residual current detector"),
    (18, "测温式电气火灾监控探测器", "electrical temperature detector"),
    (21, "探测回路", "detection loop"),
    (22, "火灾显示盘", "repeater panel"),
    (23, "手动火灾报警按钮", "manual call point"),
    (24, "消火栓按钮", "hydrant button"),
    (25, "火灾探测器", "fire detector"),
    (30, "感温火灾探测器", "heat detector"),
    (31, "点型感温火灾探测器", "point heat detector"),
    (32, "点型感温火灾探测器（S型）", "point heat detector (S)"),
    (33, "点型感温火灾探测器（R型）", "point heat detector (R)"),
    (34, "线型感温火灾探测器", "line heat detector"),
    (35, "线型感温火灾探测器（S型）", "line heat detector (S)"),
    (36, "线型感温火灾探测器（R型）", "line heat detector (R)"),
    (37, "光纤感温火灾探测器", "fibre heat detector"),
    (40, "感烟火灾探测器", "smoke detector"),
    (41, "点型离子感烟火灾探测器", "ionisation smoke detector"),
    (42, "点型光电感烟火灾探测器", "optical smoke detector"),
    (43, "线型光束感烟火灾探测器", "beam smoke detector"),
    (44, "吸气式感烟火灾探测器", "aspirating smoke detector"),
    (50, "复合式火灾探测器", "combined detector"),
    (51, "复合式感烟感温火灾探测器", "smoke and heat detector"),
    (52, "复合式感光感温火灾探测器", "flame and heat detector"),
    (53, "复合式感光感烟火灾探测器", "flame and smoke detector"),
    (61, "紫外火焰探测器", "ultraviolet flame detector"),
    (62, "红外火焰探测器", "infrared flame detector"),
    (69, "感光火灾探测器", "flame detector"),
    (74, "气体探测器", "gas sensor"),
    (78, "图像摄像方式火灾探测器", "video fire detector"),
    (79, "感声火灾探测器", "acoustic fire detector"),
    (81, "气体灭火控制器", "gas extinguishing panel"),
    (82, "消防电气控制装置", "fire electrical controller"),
    (83, "消防控制室图形显示装置", "control room display"),
    (84, "模块", "module"),
    (85, "输入模块", "input module"),
    (86, "输出模块", "output module"),
    (87, "输入/输出模块", "input and output module"),
    (88, "中继模块", "relay module"),
    (91, "消防水泵", "fire pump"),
    (92, "消防水箱", "fire water tank"),
    (95, "喷淋泵", "sprinkler pump"),
    (96, "水流指示器", "flow indicator"),
    (97, "信号阀", "signal valve"),
    (98, "报警阀", "alarm valve"),
    (99, "压力开关", "pressure switch"),
    (101, "阀驱动装置", "valve actuator"),
    (102, "防火门", "fire door"),
    (103, "防火阀", "fire damper"),
    (104, "通风空调", "ventilation"),
    (105, "泡沫液泵", "foam pump"),
    (106, "管网电磁阀", "solenoid valve"),
    (111, "防烟排烟风机", "smoke fan"),
    (113, "排烟防火阀", "smoke exhaust damper"),
    (114, "常闭送风口", "air inlet"),
    (115, "排烟口", "smoke outlet"),
    (116, "电控挡烟垂壁", "smoke curtain"),
    (117, "防火卷帘控制器", "fire shutter controller"),
    (118, "防火门监控器", "fire door monitor"),
    (121, "警报装置", "sounder"),
];

/// Types of analog values: number, Chinese, unit, how many steps make one of it, English (table 6).
pub const ANALOGS: &[(u8, &str, &str, u16, &str)] = &[
    (1, "事件计数", "", 1, "event count"),
    (2, "高度", "m", 100, "height"),
    (3, "温度", "℃", 10, "temperature"),
    (4, "压力", "MPa", 10, "pressure"),
    (5, "压力", "kPa", 10, "pressure"),
    (6, "气体浓度", "%LEL", 10, "gas concentration"),
    (7, "时间", "s", 1, "time"),
    (8, "电压", "V", 10, "voltage"),
    (9, "电流", "A", 10, "current"),
    (10, "流量", "L/s", 10, "flow"),
    (11, "风量", "m³/min", 10, "air flow"),
    (12, "风速", "m/s", 1, "air speed"),
];

/// The type of a manual call point.
pub const MANUAL_CALL_POINT: u8 = 23;
/// The type of a hydrant button.
pub const HYDRANT_BUTTON: u8 = 24;
/// Types that watch the electrical installation: their "fire alarm" is a warning of one.
pub const ELECTRICAL: std::ops::RangeInclusive<u8> = 16..=18;

/// Chinese and English name of a type of system.
pub fn system(number: u8) -> Option<(&'static str, &'static str)> {
    named(SYSTEMS, number)
}

/// Chinese and English name of a type of component.
pub fn component(number: u8) -> Option<(&'static str, &'static str)> {
    named(COMPONENTS, number)
}

/// An analog value in words, e.g. `温度 23.5 ℃`; the bare number where the type is a maker's own.
pub fn analog(number: u8, value: i16) -> String {
    match ANALOGS.iter().find(|(known, ..)| *known == number) {
        Some((_, zh, unit, 1, _)) => format!("{zh} {value} {unit}").trim_end().to_owned(),
        Some((_, zh, unit, steps, _)) => {
            let places = if *steps == 100 { 2 } else { 1 };
            format!("{zh} {:.places$} {unit}", f64::from(value) / f64::from(*steps))
        }
        None => format!("模拟量 {number}: {value}"),
    }
}

fn named(table: &[(u8, &'static str, &'static str)], number: u8) -> Option<(&'static str, &'static str)> {
    table.iter().find(|(known, ..)| *known == number).map(|(_, zh, en)| (*zh, *en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_names() {
        assert_eq!(component(42), Some(("点型光电感烟火灾探测器", "optical smoke detector")));
        assert_eq!(system(1).map(|(zh, _)| zh), Some("火灾报警系统"));
        assert_eq!(component(200), None);
        assert_eq!(analog(3, -25), "温度 -2.5 ℃");
        assert_eq!(analog(2, 150), "高度 1.50 m");
        assert_eq!(analog(1, 7), "事件计数 7");
        assert_eq!(analog(200, 7), "模拟量 200: 7");
    }
}
