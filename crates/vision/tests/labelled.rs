//! The shipped weights on the labelled validation part, if that is here.

use std::{path::Path, sync::Arc};

use vision::{
    FireSmoke, Kind, Worker,
    evaluate::{self, Level},
};

/// Below these the weights or the engine are broken; the card holds the true figures.
const LEAST_FLAME_AUC: f64 = 0.95;
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
    let all = report.0[&Kind::Flame]["all"];
    assert!(all.auc.unwrap() >= LEAST_FLAME_AUC);
    assert!((all.false_alarms as f64) <= MOST_FLAME_FALSE_ALARMS * all.negatives as f64);
}
