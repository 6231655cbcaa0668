//! XML as devices write it: cut, mixed up, with control characters.

use super::*;
use crate::charset::{Charset, decode};
use crate::edition::Edition;
use crate::profile::Dialect;

/// The children of the root as `name=text`.
fn flat(source: &str) -> Vec<String> {
    let document = Document::read(source).unwrap();
    document.root().children().map(|child| format!("{}={}", child.name(), child.text())).collect()
}

#[test]
fn elements_and_attributes_read_alike() {
    let expected = ["CmdType=Catalog", "SN=7"];
    assert_eq!(flat("<Response><CmdType>Catalog</CmdType><SN> 7 </SN></Response>"), expected);
    assert_eq!(flat("<Response CmdType=\"Catalog\" SN='7'/>"), expected);
    assert_eq!(flat("<Response CmdType=Catalog SN=7 ></Response>"), expected);
}

#[test]
fn references_and_character_data_are_text() {
    assert_eq!(flat("<a><b>x&amp;y &#65;&lt;</b><c><![CDATA[<1>]]></c></a>"), ["b=x&y A<", "c=<1>"]);
    assert_eq!(flat("<a b='1 &lt; 2 &amp; &nbsp;'/>"), ["b=1 < 2 & &nbsp;"]);
}

#[test]
fn an_ampersand_alone_and_an_unknown_entity_stay_as_written() {
    assert_eq!(flat("<a><b>A&B</b><c>&nbsp;x</c></a>"), ["b=A&B", "c=&nbsp;x"]);
}

#[test]
fn an_end_without_a_beginning_is_ignored() {
    assert_eq!(flat("<a></x><b>1</b></y></a>"), ["b=1"]);
}

#[test]
fn the_end_of_an_outer_element_ends_the_inner_ones() {
    assert_eq!(flat("<a><b>1<c>2</b><d>3</d></a>"), ["b=1", "d=3"]);
}

#[test]
fn a_less_than_sign_in_a_text_costs_that_text_only() {
    assert_eq!(flat("<a><b>1 < 2</b><c>3</c></a>").last().unwrap(), "c=3");
}

#[test]
fn a_quotation_mark_that_is_never_closed_costs_one_element() {
    assert_eq!(flat("<a><b x=\"1><c>2</c><d>3</d></a>")[0], "c=2");
}

#[test]
fn an_item_in_an_item_is_its_sibling() {
    let document =
        Document::read("<R><L><Item><N>1</N><Item><N>2</N></Item><Item><N>3</N></Item></L></R>").unwrap();
    let list = document.root().child("L").unwrap();
    let names: Vec<_> = list.children().map(|item| item.child("N").unwrap().text()).collect();
    assert_eq!(names, ["1", "2", "3"]);
}

#[test]
fn a_body_that_was_cut_marks_what_is_unfinished() {
    let document = Document::read("<R><Item><N>1</N></Item><Item><N>2").unwrap();
    let cut: Vec<_> = document.root().children().map(|item| item.is_cut()).collect();
    assert_eq!(cut, [false, true]);
}

#[test]
fn entity_bombs_are_refused() {
    let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxx'><!ENTITY y '&x;&x;&x;'>]><a>&y;</a>";
    assert_eq!(Document::read(bomb).err(), Some(XmlError::DocumentType(0)));
}

#[test]
fn depth_elements_and_bytes_have_limits() {
    assert_eq!(Document::read(&"<a>".repeat(25)).err(), Some(XmlError::TooDeep(72)));
    let many = format!("<a>{}</a>", "<b/>".repeat(ELEMENTS_MAX));
    assert_eq!(Document::read(&many).err(), Some(XmlError::TooManyElements));
    let large = " ".repeat(BODY_BYTES_MAX + 1);
    assert_eq!(Document::read(&large).err(), Some(XmlError::TooLarge(BODY_BYTES_MAX + 1)));
}

#[test]
fn a_text_beyond_the_limit_is_dropped_and_the_rest_is_read() {
    let long = "x".repeat(TEXT_BYTES_MAX + 1);
    assert_eq!(flat(&format!("<a><b>{long}</b><c>1</c></a>")), ["b=", "c=1"]);
}

#[test]
fn markup_that_never_ends_is_given_up_after_a_while() {
    assert_eq!(Document::read(&"<a b='".repeat(5_000)).err(), Some(XmlError::TooBroken));
}

#[test]
fn nothing_is_no_document() {
    assert_eq!(Document::read("").err(), Some(XmlError::NoElement));
    assert_eq!(Document::read("just words").err(), Some(XmlError::NoElement));
}

#[test]
fn fields_are_found_in_any_order() {
    let document = Document::read("<a><x>1</x><y>2</y><z/><z>3</z></a>").unwrap();
    let mut fields = document.root().fields();
    let mut text = |name: &str| fields.find(&[name]).map(|node| node.text());
    assert_eq!(
        [text("z"), text("x"), text("Y"), text("w"), text("x")],
        [Some("3"), Some("1"), Some("2"), None, Some("1")]
    );
}

#[test]
fn a_raw_element_is_written_as_it_was_read() {
    let source = "<V Num=\"2\"><S n=\"&lt;\">a&amp;b</S><S>2</S></V>";
    let document = Document::read(source).unwrap();
    let mut out = Writer::new(crate::profile::Dialect::default());
    Element::keep(document.root()).write(&mut out);
    let written = out.finish().replace("\r\n", "");
    assert!(written.ends_with(source), "{written}");
}

/// Found by the fuzzer: a reference was written into the name.
#[test]
fn a_raw_name_that_the_charset_lacks_is_left_out() {
    let written = |charset| {
        let mut out = Writer::new(Dialect::new(charset, Edition::V2016));
        out.leaf("名䰭", "x");
        decode(&charset.encode(&out.finish())).lines().nth(1).map(str::to_owned)
    };
    assert_eq!(written(Charset::Gb18030).as_deref(), Some("<名䰭>x</名䰭>"));
    assert_eq!(written(Charset::Gb2312).as_deref(), Some("<_>x</_>"));
}

#[test]
fn a_raw_name_cannot_inject_markup() {
    let mut out = Writer::new(crate::profile::Dialect::default());
    Element::with_text("a><b", "</a>").write(&mut out);
    assert!(out.finish().ends_with("<_>&lt;/a&gt;</_>\r\n"));
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(source in "\\PC{0,200}") {
        let _ = Document::read(&source).map(|document| Element::keep(document.root()));
    }

    #[test]
    fn no_markup_makes_the_reader_panic(pieces in proptest::collection::vec(
        proptest::sample::select(vec![
            "<", ">", "<a>", "</a>", "<Item>", "</Item>", "<a b='", "\"", "=", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>",
            "&", "&#", "&#0;", ";", "x", " ", "/>", "<!DOCTYPE", "烟", "\u{1}", "</",
        ]), 0..60))
    {
        let source = pieces.concat();
        let _ = Document::read(&source).map(|document| Element::keep(document.root()));
    }
}
