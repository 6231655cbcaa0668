//! What changed in the tree, as items of a notification: new, gone, otherwise, with pictures or without.

use std::collections::{HashMap, HashSet};

use gb28181::id::CatalogId;
use gb28181::manscdp::catalog::{CatalogEvent, CatalogItem};

use super::tree::Tree;

/// The differences, parents before children, what is gone at the end.
pub(super) fn between(before: &Tree, now: &Tree) -> Vec<CatalogItem> {
    let known: HashMap<CatalogId, &CatalogItem> = before.items().map(|item| (item.id, item)).collect();
    let present: HashSet<CatalogId> = now.items().map(|item| item.id).collect();
    let mut news: Vec<CatalogItem> =
        now.items().filter_map(|item| change(known.get(&item.id).copied(), item)).collect();
    news.extend(
        before
            .items()
            .filter(|item| !present.contains(&item.id))
            .map(|item| bare(item, CatalogEvent::Delete)),
    );
    news
}

fn change(before: Option<&CatalogItem>, now: &CatalogItem) -> Option<CatalogItem> {
    let Some(before) = before else { return Some(with(now, CatalogEvent::Add)) };
    if before == now {
        return None;
    }
    let same_but_status = CatalogItem { status: now.status.clone(), ..before.clone() } == *now;
    Some(if same_but_status { turned(now) } else { with(now, CatalogEvent::Update) })
}

/// A camera whose pictures came or stayed away.
pub(super) fn turned(item: &CatalogItem) -> CatalogItem {
    let event = if item.is_online() == Some(true) { CatalogEvent::On } else { CatalogEvent::Off };
    bare(item, event)
}

/// What a new subscriber cannot know: it takes everything for online until it is told.
pub(super) fn absent(tree: &Tree) -> Vec<CatalogItem> {
    tree.items().filter(|item| item.is_online() == Some(false)).map(turned).collect()
}

fn with(item: &CatalogItem, event: CatalogEvent) -> CatalogItem {
    CatalogItem { event: Some(event), ..item.clone() }
}

/// Id and event are enough where nothing else changed.
fn bare(item: &CatalogItem, event: CatalogEvent) -> CatalogItem {
    CatalogItem { event: Some(event), ..CatalogItem::new(item.id) }
}
