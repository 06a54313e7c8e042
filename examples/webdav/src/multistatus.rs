//! Writes the XML of responses (RFC 4918 §14): multistatus, error, and the value of a property.

use std::io;

use http::StatusCode;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::xml::{DAV, Name};

/// The media type of the XML that is written.
pub(crate) const XML_TYPE: &str = "application/xml; charset=utf-8";

type Xml = Writer<Vec<u8>>;

/// The status of some properties of a resource. (§14.22)
#[derive(Clone, Debug)]
pub(crate) struct PropStat {
    pub(crate) status: StatusCode,
    /// Each as an element.
    pub(crate) properties: Vec<String>,
    /// The element of the precondition that was violated.
    pub(crate) violated: Option<&'static str>,
}

/// The part of a multistatus about one resource. (§14.24)
#[derive(Clone, Debug)]
pub(crate) enum About {
    Properties(Vec<PropStat>),
    Status(StatusCode),
}

/// Writes the body of a 207.
pub(crate) fn multistatus(responses: &[(String, About)]) -> Vec<u8> {
    document("D:multistatus", |xml| {
        for (href, about) in responses {
            xml.create_element("D:response")
                .write_inner_content(|xml| {
                    text(xml, "D:href", href)?;
                    match about {
                        About::Status(status) => write_status(xml, *status),
                        About::Properties(properties) => properties
                            .iter()
                            .try_for_each(|stat| write_propstat(xml, stat)),
                    }
                })?;
        }
        Ok(())
    })
}

fn write_propstat(xml: &mut Xml, stat: &PropStat) -> io::Result<()> {
    let propstat = xml.create_element("D:propstat");
    propstat.write_inner_content(|xml| {
        xml.create_element("D:prop").write_inner_content(|xml| {
            for property in &stat.properties {
                xml.get_mut().extend(property.as_bytes());
            }
            Ok(())
        })?;
        write_status(xml, stat.status)?;
        if let Some(violated) = stat.violated {
            let error = xml.create_element("D:error");
            error
                .write_inner_content(|xml| xml.create_element(violated).write_empty().map(drop))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_status(xml: &mut Xml, status: StatusCode) -> io::Result<()> {
    text(xml, "D:status", &format!("HTTP/1.1 {status}"))
}

/// Writes the body of an error with one violated precondition. (§14.5)
pub(crate) fn error(violated: &str, hrefs: &[String]) -> Vec<u8> {
    document("D:error", |xml| {
        let violated = xml.create_element(violated);
        violated.write_inner_content(|xml| {
            hrefs.iter().try_for_each(|href| text(xml, "D:href", href))
        })?;
        Ok(())
    })
}

/// Writes the body of a successful LOCK. (§9.10.1)
pub(crate) fn prop(property: &str) -> Vec<u8> {
    document("D:prop", |xml| {
        xml.get_mut().extend(property.as_bytes());
        Ok(())
    })
}

/// Writes a property without a value, or with the value that `content` writes.
pub(crate) fn property(name: &Name, content: impl FnOnce(&mut Xml) -> io::Result<()>) -> String {
    let mut xml = Writer::new(Vec::new());
    let element = if name.namespace == DAV {
        xml.create_element(format!("D:{}", name.local))
    } else {
        let element = xml.create_element(&*name.local);
        element.with_attribute(("xmlns", &*name.namespace))
    };
    let written = element.write_inner_content(content).map(drop);
    written.expect("a vector takes everything");
    String::from_utf8(xml.into_inner()).expect("only strings are written")
}

/// Writes an element with text.
pub(crate) fn text(xml: &mut Xml, element: &str, text: &str) -> io::Result<()> {
    let element = xml.create_element(element);
    element.write_text_content(BytesText::new(text)).map(drop)
}

/// Writes elements in each other, the last of which is empty.
pub(crate) fn nested(xml: &mut Xml, elements: &[&str]) -> io::Result<()> {
    match elements {
        [] => Ok(()),
        [only] => xml.create_element(*only).write_empty().map(drop),
        [first, rest @ ..] => {
            let first = xml.create_element(*first);
            first.write_inner_content(|xml| nested(xml, rest)).map(drop)
        }
    }
}

fn document(root: &str, content: impl FnOnce(&mut Xml) -> io::Result<()>) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    let written = xml
        .write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))
        .and_then(|()| {
            let root = xml.create_element(root).with_attribute(("xmlns:D", DAV));
            root.write_inner_content(content).map(drop)
        });
    written.expect("a vector takes everything");
    xml.into_inner()
}
