//! The shipped weights on the labelled validation part, if that is here.

use std::{path::Path, sync::Arc};

use vision::{
    FireSmoke, Kind, Worker,
    evaluate::{self, Level},
};

/// Below these the weights or the engine are broken; the card holds the true figures.
const LEAST_AUC: [(Kind, f64); 3] = [(Kind::Flame, 0.97), (Kind::Smoke, 0.98), (Kind::OpenFlame, 0.95)];
const LEAST_AP50: [(Kind, f64); 2] = [(Kind::Flame, 0.50), (Kind::Smoke, 0.74)];
const MOST_FLAME_FALSE_ALARMS: f64 = 0.02;

#[test]
fn the_shipped_weights_hold_what_the_card_says() {
    let Ok(folder) = std::env::var("WATCHFIRE_LABELLED_DATA") else {
        println!("skipped: WATCHFIRE_LABELLED_DATA is not set");
        return;
    };
    let mut worker = Worker::new(Arc::new(FireSmoke::embedded().unwrap()));
    let report =
        evaluate::pictures(&mut worker, Path::new(&folder), "labels_val.jsonl", Level::Confirm).unwrap();
    println!("{report}");
    let all = |kind: Kind| report.0[&kind]["all"];
    for (kind, least) in LEAST_AUC {
        assert!(all(kind).auc.unwrap() >= least, "AUC of {}", kind.as_str());
    }
    for (kind, least) in LEAST_AP50 {
        assert!(all(kind).ap50.unwrap() >= least, "boxes of {}", kind.as_str());
    }
    let flame = all(Kind::Flame);
    assert!((flame.false_alarms as f64) <= MOST_FLAME_FALSE_ALARMS * flame.negatives as f64);
}
