//! Refuses XML that would take a parser long, or a stack far: one pass over the tags, before the tree
//! is built.
//!
//! `roxmltree` compares each attribute of an element with all others, and each namespace with all
//! that are declared: a mebibyte of either takes a minute.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// The elements in each other.
const DEPTH: usize = 100;

/// The attributes of an element.
const ATTRIBUTES: usize = 200;

/// The namespace declarations of a document.
const DECLARATIONS: usize = 200;

/// Checks the limits. Returns the explanation for a reader if the document is beyond one of them.
pub(crate) fn check(text: &str) -> Result<(), &'static str> {
    let mut reader = Reader::from_str(text);
    let (mut depth, mut declarations) = (0, 0);
    loop {
        match reader.read_event().map_err(|_| "The tags do not match.")? {
            Event::Start(tag) => {
                depth += 1;
                declarations += check_tag(&tag)?;
            }
            Event::Empty(tag) => declarations += check_tag(&tag)?,
            Event::End(_) => depth -= 1,
            Event::DocType(_) => return Err("There is a document type."),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if depth > DEPTH {
            return Err("There are too many elements in each other.");
        }
        if declarations > DECLARATIONS {
            return Err("There are too many namespaces.");
        }
    }
}

/// Returns the number of namespaces that the tag declares.
///
/// A prefix cannot be declared away in XML 1.0, which `roxmltree` lets pass (Namespaces in XML §5).
fn check_tag(tag: &BytesStart<'_>) -> Result<usize, &'static str> {
    let mut declarations = 0;
    for (number, attribute) in tag.attributes().with_checks(false).enumerate() {
        let attribute = attribute.map_err(|_| "An attribute is malformed.")?;
        if number >= ATTRIBUTES {
            return Err("An element has too many attributes.");
        }
        let name = attribute.key.as_ref();
        if name.starts_with("xmlns:") && attribute.value.is_empty() {
            return Err("A prefix has no namespace.");
        }
        declarations += usize::from(name == "xmlns" || name.starts_with("xmlns:"));
    }
    Ok(declarations)
}
