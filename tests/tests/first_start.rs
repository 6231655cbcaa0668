//! The first start for real use: nobody is in, one code lets one person in, and that person lets in the others.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use serde_json::json;
use stories::{Browser, Running};

const PASSWORD: &str = "Beacon-Tower-9";

#[test]
fn an_empty_platform_knows_nobody_until_the_code_on_the_console_is_entered() {
    let data = tempfile::tempdir().unwrap();
    let (running, code) = Running::serve(data.path()).unwrap();
    let code = code.expect("an empty folder prints a code");
    let mut chief = Browser::new(&running.url);
    assert_eq!(chief.get("/api/units").unwrap().status, 401);
    assert_eq!(chief.get("/api/setup").unwrap().body["needed"], true);
    let log_in = json!({"login_name": "admin", "password": "admin"});
    assert_eq!(chief.post("/api/session", &log_in).unwrap().status, 401, "there is no default account");
    let set_up = |code: &str| json!({"code": code, "login_name": "chief", "display_name": "安全管理员", "password": PASSWORD});
    assert_eq!(chief.post("/api/setup", &set_up("AAAA-AAAA-AAAA")).unwrap().status, 422);
    assert_eq!(chief.post("/api/setup", &set_up(&code)).unwrap().status, 201);
    assert_eq!(Browser::new(&running.url).post("/api/setup", &set_up(&code)).unwrap().status, 409);

    let session = chief.get("/api/session").unwrap();
    let province = session.body["user"]["scope"]["id"].clone();
    let new = json!({"login_name": "li.wei", "display_name": "李伟", "role": "province", "scope_kind": "region", "scope_id": province});
    let created = chief.post("/api/users", &new).unwrap();
    assert_eq!(created.status, 201, "{created:?}");
    let token = created.body["one_time_token"].as_str().unwrap().to_owned();
    let mut li_wei = Browser::enter(&running.url, &token).unwrap();
    assert_eq!(li_wei.get("/api/units").unwrap().status, 200);
    assert_eq!(li_wei.get("/api/users").unwrap().status, 403);
    assert!(Browser::enter(&running.url, &token).is_err(), "a link works once");

    running.kill_9().unwrap();
    let (again, code) = Running::serve(data.path()).unwrap();
    assert_eq!(code, None, "set-up happens once");
    let mut chief = Browser::new(&again.url);
    let log_in = json!({"login_name": "chief", "password": PASSWORD});
    assert_eq!(chief.post("/api/session", &log_in).unwrap().status, 200);
}
