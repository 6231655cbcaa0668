//! Keys of bulletins and recordings.

use super::{Key, key};

pub(super) const KEYS: &[Key] = &[
    key(
        "bulletins",
        "number_pattern",
        "\"赣教监管字〔{year}〕{n}号\"",
        "text with {year} and {n}",
        "Reference number of approved bulletins. {n} counts from 1 in every year and has no gap.",
    ),
    key(
        "bulletins",
        "public_address",
        "\"\"",
        "http(s) address",
        "Address under which anybody reaches this platform. Documents then carry a link and a QR code to their verification page; empty: they carry none.",
    ),
    key(
        "bulletins",
        "consultation_hours",
        "24",
        "hours",
        "How long the parties of a consultation have where nobody says otherwise, and the least they have.",
    ),
    key(
        "bulletins",
        "font_folders",
        "[]",
        "list of paths",
        "Folders with letter faces (仿宋_GB2312, 方正小标宋, 黑体, 楷体_GB2312, 宋体), looked through before the system's. A face that is missing is replaced by a free one and named in the log.",
    ),
    key(
        "bulletins",
        "prints_at_once",
        "2",
        "count",
        "Documents printed or read for verification at a time. Each takes a core for up to some seconds; who waits longer than 20 seconds is told to come back.",
    ),
    key(
        "recording",
        "cameras",
        "\"all\"",
        "all or none",
        "Which cameras are recorded of which nothing was said in the console. none: only those that are switched on one by one. 2 Mbit/s are 21.6 GB a day.",
    ),
    key(
        "recording",
        "folder",
        "\"\"",
        "path",
        "Folder of the disk that is made at the first start; empty means recordings in the data folder. Further disks are entered in the console. Changing it later changes nothing.",
    ),
    key(
        "recording",
        "quota_gib",
        "100",
        "GiB",
        "Most recordings on that first disk. When it is reached the oldest go, past the days that the law wants before others. Later it is changed in the console.",
    ),
    key(
        "recording",
        "head_room_gib",
        "5",
        "GiB",
        "What stays free of the file system of that first disk, whoever fills it. Later it is changed in the console.",
    ),
    key(
        "recording",
        "export_days",
        "3",
        "days",
        "How long the files of an export lie ready. They are a second copy outside the rules of retention.",
    ),
];
