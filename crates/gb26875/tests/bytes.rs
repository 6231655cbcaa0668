//! Golden bytes, hostile bytes, and every value through bytes and back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

extern crate watchfire_gb26875 as gb26875;

use gb26875::units::{
    AnalogReport, Clock, ComponentConfiguration, ComponentReport, DeviceConfiguration, DeviceOperation,
    DeviceReport, DeviceVersion, Reserved, RollCall, SystemConfiguration, SystemOperation, SystemReport,
    SystemTime,
};
use gb26875::{
    Address, Command, ComponentRef, ComponentState, DATA_BYTES_MAX, Data, DataError, DeviceState, Found,
    Frame, FrameError, FrameReader, Objects, Operations, SystemRef, SystemState, TimeLabel, TypeFlag,
    Version,
};
use proptest::prelude::*;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

/// A component's fire as a device in the field sends it, with a Chinese place.
const FIRE: &str = "40 40 14 00 10 00 05 09 09 1b 07 15 2c 31 2c 32 00 00 78 4d 07 91 8e 23 30 00 02
    02 01 01 01 2a 01 00 01 00 02 00 31 ba c5 bd d3 bf da b0 e5 31 bb d8 c2 b7 31 ba c5 00 ba c5 d6 f7 bb fa f8 98 cf
    a0 00 00 00 25 11 03 01 06 0c";

fn with_tail(head: &str) -> Vec<u8> {
    let mut bytes = hex(head);
    let sum = bytes[2..].iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    bytes.extend([sum, b'#', b'#']);
    bytes
}

fn all(reader: &mut FrameReader) -> Vec<Found> {
    std::iter::from_fn(|| reader.next_found()).collect()
}

fn frames(found: &[Found]) -> Vec<Frame> {
    found
        .iter()
        .filter_map(|one| match one {
            Found::Frame(frame) => Some(frame.clone()),
            Found::Rubbish(_) => None,
        })
        .collect()
}

fn roll_call() -> Frame {
    Frame {
        serial: 0x0102,
        version: Version::OF_2011,
        label: TimeLabel([30, 15, 10, 9, 11, 26]),
        source: "000000000001".parse().unwrap(),
        destination: "360102030405".parse().unwrap(),
        command: Command::Control,
        data: Data::encode(&Objects::RollCall(vec![RollCall { minutes: 3 }])).unwrap(),
    }
}

#[test]
fn a_roll_call_is_these_bytes() {
    let bytes = hex("4040 0201 0100 1e0f0a090b1a 010000000000 050403020136 0300 01 5b0103 12 2323");
    let sum = bytes[2..30].iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    assert_eq!(sum, bytes[30], "counted by hand");
    assert_eq!(roll_call().encode().unwrap(), bytes);
    assert_eq!(Frame::parse(&bytes).unwrap(), roll_call());
}

#[test]
fn a_fire_from_the_field_is_read() {
    let frame = Frame::parse(&with_tail(FIRE)).unwrap();
    assert_eq!((frame.serial, frame.version.main, frame.command), (0x14, 0x10, Command::Send));
    assert_eq!(frame.source.to_string(), "0000322c312c");
    let Objects::Component(reports) = Data::parse(&frame.data).unwrap().objects else {
        panic!("no component")
    };
    let report = &reports[0];
    assert_eq!((report.kind, report.address), (42, 0x0001_0001));
    assert_eq!(report.state, ComponentState::FIRE);
    assert!(report.description.starts_with("1号接口板1回路1号"), "{}", report.description);
    assert_eq!(report.at.plain().map(|at| (at.year, at.month, at.second)), Some((2012, 6, 37)));
}

#[test]
fn an_answer_goes_back_with_its_number() {
    let confirmed = roll_call().answer(Command::Confirm, TimeLabel([31, 15, 10, 9, 11, 26]));
    assert_eq!(confirmed.serial, 0x0102);
    assert_eq!(confirmed.source, roll_call().destination);
    let bytes = confirmed.encode().unwrap();
    assert_eq!(bytes.len(), 30);
    assert_eq!(Frame::parse(&bytes).unwrap(), confirmed);
}

#[test]
fn frames_are_found_however_they_are_cut_and_whatever_stands_between() {
    let frame = roll_call().encode().unwrap();
    let stream = [&b"noise@"[..], &frame, &frame, b"@@@", &with_tail(FIRE), b"##\0\0", &frame].concat();
    for cut in 1..stream.len() {
        let mut reader = FrameReader::default();
        let mut found = Vec::new();
        for piece in stream.chunks(cut) {
            reader.push(piece);
            found.extend(all(&mut reader));
        }
        // What `@@@` before a frame tells of its length is waited for until the line is quiet.
        while reader.is_waiting() {
            found.extend(reader.settle());
            found.extend(all(&mut reader));
        }
        assert_eq!(frames(&found).len(), 4, "in pieces of {cut}");
    }
}

#[test]
fn a_length_that_is_only_told_reserves_nothing_and_hides_no_frame() {
    let mut bytes = hex("4040 0201 0100 1e0f0a090b1a 010000000000 050403020136 ffff 01");
    bytes.extend(roll_call().encode().unwrap());
    let mut reader = FrameReader::default();
    reader.push(&bytes);
    let found = all(&mut reader);
    assert_eq!(frames(&found), [roll_call()]);
    assert!(
        matches!(&found[0], Found::Rubbish(rubbish) if rubbish.error == Some(FrameError::TooLong(0xffff)))
    );
}

#[test]
fn a_half_frame_holds_up_the_next_one_only_until_the_line_is_quiet() {
    let whole = roll_call().encode().unwrap();
    let mut half = hex("4040 0201 0100 1e0f0a090b1a 010000000000 050403020136 0004 02");
    half.extend(&whole);
    let mut reader = FrameReader::default();
    reader.push(&half);
    assert_eq!(all(&mut reader), []);
    assert!(reader.is_waiting());
    let mut found: Vec<Found> = Vec::new();
    while reader.is_waiting() {
        found.extend(reader.settle());
        found.extend(all(&mut reader));
    }
    assert_eq!(frames(&found), [roll_call()]);
}

#[test]
fn what_is_changed_on_the_way_is_no_frame() {
    let good = roll_call().encode().unwrap();
    for at in 0..good.len() {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        assert!(Frame::parse(&bad).is_err(), "byte {at}");
    }
    assert_eq!(Frame::parse(&good[..29]), Err(FrameError::Length(29)));
    let long = Frame { data: vec![0; DATA_BYTES_MAX + 1], ..roll_call() };
    assert_eq!(long.encode(), Err(FrameError::TooLong(DATA_BYTES_MAX + 1)));
}

#[test]
fn data_that_cannot_be_read_say_why() {
    assert_eq!(Data::parse(&[2]), Err(DataError::Empty));
    assert_eq!(Data::parse(&[92, 0]), Err(DataError::Unknown(TypeFlag(92))));
    assert_eq!(Data::parse(&[200, 1, 0]), Err(DataError::Unknown(TypeFlag(200))));
    let short = DataError::Short { flag: TypeFlag(21), index: 2, count: 2 };
    assert_eq!(Data::parse(&[21, 2, 1, 0, 0, 0, 0, 0, 0, 1]), Err(short));
    let many = Objects::Component(vec![ComponentReport::default(); 23]);
    assert_eq!(Data::encode(&many), Err(DataError::TooMany(23)));
}

#[test]
fn devices_that_leave_the_time_out_or_pad_are_read() {
    let component = Objects::Component(vec![ComponentReport { kind: 42, ..ComponentReport::default() }; 2]);
    let mut bytes = Data::encode(&component).unwrap();
    let padded = [&bytes[..], &[0, 0]].concat();
    assert_eq!(Data::parse(&padded).unwrap(), Data { objects: component.clone(), trailing: 2 });
    bytes.truncate(2 + 40);
    bytes.extend_from_within(2..);
    let read = Data::parse(&bytes).unwrap();
    assert_eq!(read, Data { objects: component, trailing: 0 });
}

fn labels() -> impl Strategy<Value = TimeLabel> {
    any::<[u8; 6]>().prop_map(TimeLabel)
}

fn systems() -> impl Strategy<Value = SystemRef> {
    any::<(u8, u8)>().prop_map(|(kind, address)| SystemRef { kind, address })
}

/// Texts that survive: no control characters and no blanks at the ends.
fn texts() -> impl Strategy<Value = String> {
    "[a-z0-9一-龥]{0,15}"
}

fn objects() -> impl Strategy<Value = Objects> {
    let component = (systems(), any::<(u8, u32, u16)>(), texts(), labels()).prop_map(
        |(system, (kind, address, state), description, at)| ComponentReport {
            system,
            kind,
            address,
            state: ComponentState(state),
            description,
            at,
        },
    );
    let analog = (systems(), any::<(u8, u32, u8, i16)>(), labels()).prop_map(
        |(system, (kind, address, quantity, value), at)| AnalogReport {
            system,
            kind,
            address,
            quantity,
            value,
            at,
        },
    );
    let operation =
        (systems(), any::<(u8, u8)>(), labels()).prop_map(|(system, (operations, operator), at)| {
            SystemOperation { system, operations: Operations(operations), operator, at }
        });
    let configuration =
        (systems(), any::<(u8, u32)>(), texts()).prop_map(|(system, (kind, address), description)| {
            ComponentConfiguration { system, kind, address, description }
        });
    prop_oneof![
        prop::collection::vec(component, 1..20).prop_map(Objects::Component),
        prop::collection::vec(analog, 1..50).prop_map(Objects::Analog),
        prop::collection::vec(operation, 1..50).prop_map(Objects::Operation),
        prop::collection::vec(configuration, 1..20).prop_map(Objects::ComponentConfiguration),
        (systems(), any::<u16>(), labels()).prop_map(|(system, state, at)| {
            Objects::System(vec![SystemReport { system, state: SystemState(state), at }])
        }),
        (systems(), texts()).prop_map(|(system, text)| Objects::Configuration(vec![
            SystemConfiguration {
                system,
                text
            };
            3
        ])),
        (systems(), labels()).prop_map(|(system, at)| Objects::Time(vec![SystemTime { system, at }])),
        (any::<u8>(), labels())
            .prop_map(|(state, at)| Objects::Device(vec![DeviceReport { state: DeviceState(state), at }])),
        (any::<(u8, u8)>(), labels()).prop_map(|((operations, operator), at)| {
            Objects::DeviceOperation(vec![DeviceOperation {
                operations: Operations(operations),
                operator,
                at,
            }])
        }),
        any::<(u8, u8)>()
            .prop_map(|(main, minor)| Objects::DeviceVersion(vec![DeviceVersion { main, minor }])),
        texts().prop_map(|text| Objects::DeviceConfiguration(vec![DeviceConfiguration { text }])),
        labels().prop_map(|at| Objects::SetClock(vec![Clock { at }])),
        any::<u8>().prop_map(|byte| Objects::ReadDevice(vec![Reserved { byte }])),
        any::<u8>().prop_map(|minutes| Objects::RollCall(vec![RollCall { minutes }])),
        (systems(), any::<u32>())
            .prop_map(|(system, address)| Objects::ReadComponent(vec![ComponentRef { system, address }])),
    ]
}

fn any_frame() -> impl Strategy<Value = Frame> {
    (any::<(u16, u8, u8, u8)>(), labels(), any::<([u8; 6], [u8; 6])>(), objects()).prop_map(
        |((serial, main, user, command), label, (source, destination), objects)| Frame {
            serial,
            version: Version { main, user },
            label,
            source: Address::from_wire(source),
            destination: Address::from_wire(destination),
            command: command.into(),
            data: Data::encode(&objects).unwrap(),
        },
    )
}

proptest! {
    #[test]
    fn every_frame_comes_back_from_its_bytes(frame in any_frame(), cut in 1_usize..64) {
        let bytes = frame.encode().unwrap();
        prop_assert_eq!(&Frame::parse(&bytes).unwrap(), &frame);
        let mut reader = FrameReader::default();
        let mut found = Vec::new();
        for piece in bytes.chunks(cut) {
            reader.push(piece);
            found.extend(all(&mut reader));
        }
        prop_assert_eq!(found, [Found::Frame(frame)]);
    }

    #[test]
    fn all_objects_come_back_from_their_bytes(objects in objects()) {
        let bytes = Data::encode(&objects).unwrap();
        prop_assert_eq!(Data::parse(&bytes).unwrap(), Data { objects, trailing: 0 });
    }

    #[test]
    fn no_bytes_bring_it_down_and_none_are_lost(bytes in prop::collection::vec(any::<u8>(), 0..4000)) {
        let mut reader = FrameReader::default();
        reader.push(&bytes);
        let mut sum = 0;
        let mut count = |found: Found| sum += match found {
            Found::Frame(frame) => frame.encode().unwrap().len(),
            Found::Rubbish(rubbish) => rubbish.bytes,
        };
        all(&mut reader).into_iter().for_each(&mut count);
        while let Some(found) = reader.settle() {
            count(found);
            all(&mut reader).into_iter().for_each(&mut count);
        }
        prop_assert_eq!(sum, bytes.len());
        let _ = Data::parse(&bytes);
    }
}
