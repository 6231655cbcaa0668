//! What is said to the fire brigade: the questions it asks, answered from rows, in the order in which it asks them.

use jiff::Timestamp;

use crate::alarm::AlarmCode;
use crate::beijing::say_moment;

/// The number of the fire brigade.
pub const FIRE_BRIGADE: &str = "119";

/// What is known when somebody calls.
#[derive(Debug, Clone, Copy)]
pub struct FireCall<'a> {
    /// Province, city and county, from the top.
    pub regions: &'a [&'a str],
    /// Name of the unit.
    pub unit: &'a str,
    /// Where in it: the camera or the detector's place.
    pub place: Option<&'a str>,
    /// What was seen.
    pub code: AlarmCode,
    /// When.
    pub occurred_at: Timestamp,
    /// Who speaks.
    pub caller: &'a str,
}

/// The words, sentence by sentence. What nobody has told the platform – people inside, a number to call back – is asked for, not made up.
pub fn say(call: &FireCall<'_>) -> Vec<String> {
    let place = call.place.unwrap_or("具体部位请现场补充");
    vec![
        format!("这里是{}{}，发生火情，请求出警。", call.regions.concat(), call.unit),
        format!("起火部位：{place}。"),
        format!("情况：{}，{}发现，已经人工核实。", call.code.name_zh(), say_moment(call.occurred_at)),
        "有无人员被困、燃烧物和火势：按现场所见说明。".to_owned(),
        format!("报警人{}，请留下可回拨的电话，并派人到路口接应消防车。", call.caller),
    ]
}
