//! The tree of regions: order, names above, replacing.

use domain::access::{Access, Scope};
use domain::ids::RegionId;
use domain::region::Region;
use store::ErrorKind;

use crate::contract;
use crate::house::{
    House, NEW_AREA, NORTH, NORTH_COUNTY, PROVINCE, SOUTH, SOUTH_COUNTY, SOUTH_SCHOOL, north, regions,
    south_guard,
};

contract!(a_tree_is_listed_depth_first_in_official_order, a_tree_can_be_replaced, a_bad_tree_changes_nothing);

async fn a_tree_is_listed_depth_first_in_official_order(house: House) {
    let store = &house.furnish().await.store;
    let names = |regions: Vec<Region>| regions.into_iter().map(|region| region.name).collect::<Vec<_>>();
    let all = store.regions(&Access::PLATFORM).await.unwrap();
    assert_eq!(names(all), ["江西省", "九江市", "武宁县", "赣州市", "信丰县", "赣江新区"]);
    assert_eq!(names(store.regions(&north()).await.unwrap()), ["江西省", "九江市", "武宁县"]);
    assert_eq!(names(store.regions(&south_guard()).await.unwrap()), ["江西省", "赣州市", "信丰县"]);
    assert_eq!(store.scope_name(&Scope::Region(NEW_AREA)).await.unwrap(), "赣江新区");
    assert_eq!(store.scope_name(&Scope::Unit(SOUTH_SCHOOL)).await.unwrap(), "信丰幼儿园");
    assert_eq!(store.region(&north(), PROVINCE).await.unwrap().name, "江西省");
    assert_eq!(store.region(&north(), SOUTH).await.unwrap_err().kind(), ErrorKind::NotFound);
}

async fn a_tree_can_be_replaced(house: House) {
    let store = &house.furnish().await.store;
    store.replace_regions(&regions()).await.unwrap();
    assert_eq!(store.regions(&Access::PLATFORM).await.unwrap().len(), 6);
    // The county moves to the other city and takes the code that its neighbour had; both codes change hands at once.
    let mut changed = regions();
    let code = |region: &Region| region.gb2260_code.clone();
    let (south, north) = (code(&changed[4]), code(&changed[5]));
    (changed[4].gb2260_code, changed[5].gb2260_code) = (north, south);
    changed[4].parent_id = Some(NORTH);
    store.replace_regions(&changed).await.unwrap();
    let seen = store.regions(&crate::house::north()).await.unwrap();
    assert!(
        seen.iter()
            .any(|region| region.id == SOUTH_COUNTY && region.gb2260_code.as_deref() == Some("360423"))
    );
    assert!(store.unit(&crate::house::north(), SOUTH_SCHOOL).await.is_ok());
    assert!(store.unit(&crate::house::south(), SOUTH_SCHOOL).await.is_err());
}

async fn a_bad_tree_changes_nothing(house: House) {
    let store = &house.furnish().await.store;
    let refused = |change: fn(&mut Vec<Region>)| {
        let mut tree = regions();
        change(&mut tree);
        async move { store.replace_regions(&tree).await.unwrap_err().kind() }
    };
    assert_eq!(refused(|tree| tree[1].parent_id = Some(SOUTH_COUNTY)).await, ErrorKind::Invalid);
    let nobody = |tree: &mut Vec<Region>| tree[1].parent_id = Some(RegionId(uuid::Uuid::from_u128(99)));
    assert_eq!(refused(nobody).await, ErrorKind::Invalid);
    assert_eq!(refused(|tree| tree[1].gb2260_code = Some("360423".to_owned())).await, ErrorKind::Conflict);
    let seen = store.regions(&north()).await.unwrap();
    assert_eq!(seen.last().map(|region| region.id), Some(NORTH_COUNTY));
}
