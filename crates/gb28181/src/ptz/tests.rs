//! The bytes of the standard's table, both ways.

use super::*;

fn hex(command: PtzCommand) -> String {
    command.frame(1).to_string()
}

fn turn(pan: Option<(Pan, u8)>, tilt: Option<(Tilt, u8)>, zoom: Option<(Zoom, u8)>) -> PtzCommand {
    PtzCommand::Move { pan, tilt, zoom }
}

/// The test vectors of A.3 and what they mean, for a camera at address 1.
fn vectors() -> [(PtzCommand, &'static str); 6] {
    [
        (turn(Some((Pan::Right, 0x1f)), None, None), "A50F01011F0000D5"),
        (PtzCommand::Stop, "A50F0100000000B5"),
        (turn(None, None, Some((Zoom::In, 1))), "A50F0110000010D5"),
        (PtzCommand::Preset(PresetAction::Call, 3), "A50F01820003003A"),
        (turn(Some((Pan::Left, 0x20)), Some((Tilt::Up, 0x20)), None), "A50F010A202000FF"),
        (PtzCommand::Auxiliary { on: true, number: 1 }, "A50F018C01000042"),
    ]
}

#[test]
fn commands_are_written_as_the_test_vectors_say() {
    for (command, text) in vectors() {
        assert_eq!(hex(command), text);
    }
}

#[test]
fn the_test_vectors_are_read_back() {
    for (command, text) in vectors() {
        assert_eq!(PtzCommand::from_frame(Frame::parse(text).unwrap()), command);
        assert!(Frame::parse(&text.to_lowercase()).is_ok());
    }
}

#[test]
fn the_example_of_2016_zooms_in_at_address_4d() {
    let frame = Frame::parse("A50F4D1000001021").unwrap();
    assert_eq!(frame.address, 0x4d);
    assert_eq!(PtzCommand::from_frame(frame), turn(None, None, Some((Zoom::In, 1))));
    assert_eq!(frame.to_string(), "A50F4D1000001021");
}

#[test]
fn each_line_of_the_table_has_its_byte() {
    let byte = |command: PtzCommand| command.frame(1).command;
    assert_eq!(byte(turn(None, None, Some((Zoom::Out, 1)))), 0x20);
    assert_eq!(byte(turn(None, Some((Tilt::Down, 1)), None)), 0x04);
    assert_eq!(byte(PtzCommand::Lens { iris: Some((Iris::Close, 1)), focus: None }), 0x48);
    assert_eq!(byte(PtzCommand::Lens { iris: Some((Iris::Open, 1)), focus: None }), 0x44);
    assert_eq!(byte(PtzCommand::Lens { iris: None, focus: Some((Focus::Near, 1)) }), 0x42);
    assert_eq!(byte(PtzCommand::Lens { iris: None, focus: Some((Focus::Far, 1)) }), 0x41);
    assert_eq!(byte(PtzCommand::Lens { iris: None, focus: None }), 0x40);
    assert_eq!(byte(PtzCommand::Scan { group: 1, action: ScanAction::RightEdge }), 0x89);
}

#[test]
fn a_dwell_of_300_seconds_uses_the_upper_half_of_byte_seven() {
    let frame = PtzCommand::CruiseDwell { group: 2, seconds: 300 }.frame(1);
    assert_eq!((frame.data1, frame.data2, frame.data3), (2, 0x2c, 1));
}

#[test]
fn broken_bytes_are_refused_with_a_reason() {
    assert_eq!(Frame::parse("A50F0100000000B6"), Err(PtzError::CheckSum { expected: 0xb5, found: 0xb6 }));
    assert_eq!(Frame::parse("A60F0100000000B6"), Err(PtzError::FirstByte(0xa6)));
    assert_eq!(Frame::parse("A50E0100000000B4"), Err(PtzError::CheckNibble(0x0e)));
    for text in ["", "A5", "A50F0100000000B5FF", "A50F01000000烟B5", "G50F0100000000B5"] {
        assert_eq!(Frame::parse(text), Err(PtzError::NotHex), "{text}");
    }
}

#[test]
fn both_directions_at_once_stay_raw() {
    let frame = Frame { address: 1, command: 0x03, data1: 9, data2: 0, data3: 0 };
    assert!(matches!(PtzCommand::from_frame(frame), PtzCommand::Raw { command: 0x03, .. }));
}

proptest::proptest! {
    #[test]
    fn any_frame_is_read_as_it_was_written(address in 0_u16..4096, command: u8, data1: u8, data2: u8, data3 in 0_u8..16) {
        let frame = Frame { address, command, data1, data2, data3 };
        proptest::prop_assert_eq!(Frame::parse(&frame.to_string()), Ok(frame));
    }

    #[test]
    fn the_meaning_of_any_frame_survives_writing(command: u8, data1: u8, data2: u8, data3 in 0_u8..16) {
        let meant = PtzCommand::from_frame(Frame { address: 1, command, data1, data2, data3 });
        proptest::prop_assert_eq!(PtzCommand::from_frame(meant.frame(1)), meant);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,20}") {
        let _ = Frame::parse(&text);
    }
}
