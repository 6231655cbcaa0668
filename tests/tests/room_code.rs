//! A simulated duty room whose screen shows a code, and what its camera reads: the code that is shown now, none when the screen is black, another
//! when the screen lies, an old one when a film is played.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on has failed")]

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use stories::binary;

/// Key frames come every two seconds; looks that a change may take, and a busy machine.
const LOOKS_MAX: usize = 10;

/// A child that is ended when dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Room {
    _running: [Running; 2],
    orders: ChildStdin,
    looks: Lines<BufReader<ChildStdout>>,
}

impl Room {
    fn begin(code_file: &Path) -> Self {
        let mut room = Command::new(binary().unwrap())
            .args(["simulate", "duty-room", "--listen", "127.0.0.1:0", "--code-file"])
            .arg(code_file)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = room.stdin.take().unwrap();
        let mut said = BufReader::new(room.stdout.take().unwrap());
        let room = Running(room);
        let mut url = String::new();
        said.read_line(&mut url).unwrap();
        // What it says later is taken from it, so that it does not wait.
        std::thread::spawn(move || said.lines().for_each(drop));
        let mut looks = Command::new(binary().unwrap())
            .args(["room-code", "--json", "--seconds", "300", url.trim()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(looks.stdout.take().unwrap()).lines();
        Self { _running: [room, Running(looks)], orders, looks: lines }
    }

    fn order(&mut self, line: &str) {
        writeln!(self.orders, "{line}").unwrap();
    }

    /// Looks until this is read.
    fn sees(&mut self, expected: &Value) {
        let mut read = Vec::new();
        for _ in 0..LOOKS_MAX {
            let line: Value = serde_json::from_str(&self.looks.next().unwrap().unwrap()).unwrap();
            let found = &line["read"];
            let signs =
                if found.is_null() { Value::Null } else { json!([found["colours"], found["digits"]]) };
            if signs == *expected {
                return;
            }
            read.push(signs);
        }
        panic!("{expected} not seen, but {read:?}");
    }
}

#[test]
fn a_camera_reads_the_code_that_the_screen_shows_now() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("code");
    let show = |code: &str| {
        let beside = folder.path().join("code.new");
        std::fs::write(&beside, code).unwrap();
        std::fs::rename(beside, &file).unwrap();
    };
    let first = json!([["red", "cyan", "blue", "green"], [0, 4, 7, 1]]);
    show("red cyan blue green 0471");
    let mut room = Room::begin(&file);
    // For some seconds, so that a film of it has a key frame.
    for _ in 0..3 {
        room.sees(&first);
    }

    show(r#"{"colours":["yellow","magenta","yellow","red"],"digits":[8,9,6,3]}"#);
    room.sees(&json!([["yellow", "magenta", "yellow", "red"], [8, 9, 6, 3]]));

    room.order("wrong on");
    room.sees(&json!([["green", "red", "green", "yellow"], [9, 0, 7, 4]]));
    room.order("wrong off");
    room.order("light infrared");
    room.sees(&json!([[null, null, null, null], [8, 9, 6, 3]]));
    room.order("light lamps");
    room.order("screen off");
    room.sees(&Value::Null);
    room.order("screen on");

    // A film of the last minute begins with the first code, whatever the screen shows meanwhile.
    show("blue blue blue blue 2222");
    room.order("replay 120");
    room.sees(&first);
}
