//! Writes an element that was read, to keep it: the value of a dead property, the owner of a lock.
//!
//! The element stands alone afterwards. It has the namespaces that were declared around it, under
//! the prefixes that they had, and the language that was set there (RFC 4918 §4.3, §4.4).

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesStart, BytesText, Event};
use roxmltree::{Namespace, Node};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Writes the element with its attributes, elements and text.
///
/// The caller has made sure that the element is not deep: this recurses.
pub(crate) fn xml_of(element: Node<'_, '_>) -> io::Result<String> {
    let mut writer = Writer::new(Vec::new());
    let mut start = start_of(element, None);
    let mut languages = element
        .ancestors()
        .map(|node| node.attribute((XML, "lang")));
    if let (Some(None), Some(language)) = (languages.next(), languages.flatten().next()) {
        start.push_attribute(("xml:lang", language));
    }
    write(&mut writer, element, start)?;
    String::from_utf8(writer.into_inner()).map_err(io::Error::other)
}

fn write(
    writer: &mut Writer<Vec<u8>>,
    element: Node<'_, '_>,
    start: BytesStart<'_>,
) -> io::Result<()> {
    if !element.has_children() {
        return writer.write_event(Event::Empty(start));
    }
    writer.write_event(Event::Start(start.borrow()))?;
    for child in element.children() {
        if child.is_element() {
            write(writer, child, start_of(child, Some(element)))?;
        } else if child.is_text() {
            let text = BytesText::new(child.text().unwrap_or_default());
            writer.write_event(Event::Text(text))?;
        }
    }
    writer.write_event(Event::End(start.to_end()))
}

/// Creates the start tag, with the namespaces that the parent does not have.
fn start_of(element: Node<'_, '_>, parent: Option<Node<'_, '_>>) -> BytesStart<'static> {
    let name = element.tag_name();
    let prefix = element.namespaces().find(|declared| {
        name.namespace().unwrap_or_default() == declared.uri() && !declared.uri().is_empty()
    });
    let prefix = prefix.and_then(Namespace::name);
    let mut start = BytesStart::new(qualified(prefix, name.name()));

    // Most elements declare nothing: then there is nothing to look for.
    let inherits = parent.is_some_and(|parent| parent.namespaces().eq(element.namespaces()));
    for declared in element.namespaces().filter(|_| !inherits) {
        let known = parent.and_then(|parent| parent.lookup_namespace_uri(declared.name()));
        if known != Some(declared.uri()) && declared.name() != Some("xml") {
            let attribute = match declared.name() {
                Some(prefix) => qualified(Some("xmlns"), prefix),
                None => "xmlns".to_owned(),
            };
            start.push_attribute((&*attribute, declared.uri()));
        }
    }
    for attribute in element.attributes() {
        let prefix = attribute.namespace().and_then(|uri| match uri {
            XML => Some("xml"),
            // The default namespace is not that of attributes.
            _ => element
                .namespaces()
                .filter(|declared| declared.uri() == uri)
                .find_map(Namespace::name),
        });
        let name = qualified(prefix, attribute.name());
        start.push_attribute((&*name, attribute.value()));
    }
    start
}

fn qualified(prefix: Option<&str>, local: &str) -> String {
    match prefix {
        Some(prefix) => format!("{prefix}:{local}"),
        None => local.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_stands_alone_with_the_same_meaning() {
        for (document, expected) in [
            // Namespaces from around it, under their prefixes.
            (
                r#"<D:prop xmlns:D="DAV:" xmlns="u:x"><v>1</v></D:prop>"#,
                r#"<v xmlns:D="DAV:" xmlns="u:x">1</v>"#,
            ),
            (
                r#"<p xmlns:x="u:x"><x:v x:a="1" b="2"/></p>"#,
                r#"<x:v xmlns:x="u:x" x:a="1" b="2"/>"#,
            ),
            // A namespace that ends, and a default that is not that of attributes.
            (
                r#"<p><v xmlns="u:x"><w xmlns=""/></v></p>"#,
                r#"<v xmlns="u:x"><w xmlns=""/></v>"#,
            ),
            (
                r#"<p xmlns="u:x" xmlns:y="u:x"><v y:a="1"/></p>"#,
                r#"<v xmlns="u:x" xmlns:y="u:x" y:a="1"/>"#,
            ),
            // Language.
            (
                r#"<p xml:lang="de"><v>1</v></p>"#,
                r#"<v xml:lang="de">1</v>"#,
            ),
            (
                r#"<p xml:lang="de"><v xml:lang="en">1</v></p>"#,
                r#"<v xml:lang="en">1</v>"#,
            ),
            // Text, mixed content, what is escaped.
            (
                "<p><v>a &lt;b&gt; &amp;<w/> c<![CDATA[<]]></v></p>",
                "<v>a &lt;b&gt; &amp;<w/> c&lt;</v>",
            ),
            (
                "<p><v a='\"'> &#x10000;&#13;</v></p>",
                "<v a=\"&quot;\"> \u{10000}&#13;</v>",
            ),
            // Comments and processing instructions are not kept.
            ("<p><v><!--a--><?b c?></v></p>", "<v></v>"),
        ] {
            let document = roxmltree::Document::parse(document).unwrap();
            let value = document.root_element().first_element_child().unwrap();
            assert_eq!(xml_of(value).unwrap(), expected);
        }
    }
}
