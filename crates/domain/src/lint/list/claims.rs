//! What the words before a list say about it: whether it names everybody, and how it is sorted.

use super::Order;

/// Words that keep a list from claiming to be complete.
pub(super) fn is_partial(before: &str, behind: &str) -> bool {
    const PARTIAL: [&str; 28] = [
        "主要",
        "前三",
        "前五",
        "前两",
        "后三",
        "后两",
        "后五",
        "前2",
        "前3",
        "后2",
        "后3",
        "突出",
        "较高",
        "较低",
        "较好",
        "较差",
        "较多",
        "居前",
        "靠前",
        "靠后",
        "特别是",
        "尤其",
        "例如",
        "排名",
        "最多",
        "最高",
        "最低",
        "居多",
    ];
    let clause = before.rsplit(['；', '。']).next().unwrap_or(before);
    behind.starts_with('等')
        || PARTIAL.iter().any(|word| clause.contains(word))
        || clause.ends_with('如')
        || clause.contains("超过")
        || clause.contains("低于")
        || clause.contains("达到")
}

pub(crate) fn declared_order(before: &str) -> Order {
    if ["由高到低", "从高到低", "由多到少", "从多到少", "从大到小", "由大到小", "降序"]
        .iter()
        .any(|word| before.contains(word))
    {
        Order::Falling
    } else if ["由低到高", "从低到高", "由少到多", "从少到多", "从小到大", "升序"]
        .iter()
        .any(|word| before.contains(word))
    {
        Order::Rising
    } else {
        Order::Unsaid
    }
}
