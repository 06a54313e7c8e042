//! Reads the bodies of PROPFIND, PROPPATCH and LOCK (RFC 4918 §14).
//!
//! `roxmltree` refuses a document type declaration, and with it every entity. Unknown elements are
//! ignored with all that is in them (§17).

use std::fmt::Display;

use http::StatusCode;
use roxmltree::{Document, Node};

use crate::locks::Scope;
use crate::refusal::Refusal;
use crate::xml_limits;
use crate::xml_value::xml_of;

/// The namespace of RFC 4918.
pub(crate) const DAV: &str = "DAV:";

/// The `owner` of a lock, in octets: each lock keeps one.
const LONGEST_OWNER: usize = 4 << 10;

/// The name of a property.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name {
    /// Empty for a name without a namespace.
    pub(crate) namespace: String,
    pub(crate) local: String,
}

impl Name {
    /// Creates a name of RFC 4918.
    pub(crate) fn dav(local: &str) -> Self {
        Self {
            namespace: DAV.to_owned(),
            local: local.to_owned(),
        }
    }

    fn of(element: Node<'_, '_>) -> Self {
        let name = element.tag_name();
        Self {
            namespace: name.namespace().unwrap_or_default().to_owned(),
            local: name.name().to_owned(),
        }
    }
}

/// The properties that PROPFIND asks for. (§14.20)
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The properties that §9.1 means by `allprop`, and these.
    All(Vec<Name>),
    /// The names of all.
    Names,
    /// These.
    Only(Vec<Name>),
}

/// One instruction of PROPPATCH. (§14.19)
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Update {
    /// With the element as it is stored.
    Set(Name, String),
    Remove(Name),
}

/// The body of a LOCK that is no refresh. (§14.11)
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LockInfo {
    pub(crate) scope: Scope,
    /// The `owner` element as it is stored.
    pub(crate) owner: Option<String>,
}

/// Reads the body of PROPFIND. An empty one asks for all properties (§9.1).
pub(crate) fn propfind(body: &[u8]) -> Result<Wanted, Refusal> {
    if body.is_empty() {
        return Ok(Wanted::All(Vec::new()));
    }
    let text = text(body)?;
    let document = parse(&text)?;
    let root = root(&document, "propfind")?;
    if let Some(prop) = child(root, "prop") {
        return Ok(Wanted::Only(elements(prop).map(Name::of).collect()));
    }
    if child(root, "propname").is_some() {
        return Ok(Wanted::Names);
    }
    if child(root, "allprop").is_none() {
        return Err(unexpected("propfind has prop, propname or allprop."));
    }
    let include = child(root, "include").into_iter().flat_map(elements);
    Ok(Wanted::All(include.map(Name::of).collect()))
}

/// Reads the body of PROPPATCH: its instructions, whose order counts (§9.2).
pub(crate) fn proppatch(body: &[u8]) -> Result<Vec<Update>, Refusal> {
    let text = text(body)?;
    let document = parse(&text)?;
    let mut updates = Vec::new();
    for instruction in elements(root(&document, "propertyupdate")?) {
        let sets = is_dav(instruction, "set");
        if !sets && !is_dav(instruction, "remove") {
            continue;
        }
        let prop = child(instruction, "prop");
        for property in elements(prop.ok_or_else(|| unexpected("set and remove have prop."))?) {
            let name = Name::of(property);
            updates.push(if sets {
                Update::Set(name, xml_of(property)?)
            } else {
                Update::Remove(name)
            });
        }
    }
    if updates.is_empty() {
        return Err(unexpected(
            "propertyupdate has properties to set or remove.",
        ));
    }
    Ok(updates)
}

/// Reads the body of LOCK.
pub(crate) fn lockinfo(body: &[u8]) -> Result<LockInfo, Refusal> {
    let text = text(body)?;
    let document = parse(&text)?;
    let root = root(&document, "lockinfo")?;
    let scope = child(root, "lockscope").and_then(|scope| elements(scope).next());
    let scope = match scope {
        Some(scope) if is_dav(scope, "exclusive") => Scope::Exclusive,
        Some(scope) if is_dav(scope, "shared") => Scope::Shared,
        _ => return Err(unexpected("lockscope is exclusive or shared.")),
    };
    if child(root, "locktype")
        .and_then(|kind| child(kind, "write"))
        .is_none()
    {
        return Err(unexpected("locktype is write."));
    }
    let owner = child(root, "owner").map(xml_of).transpose()?;
    if owner
        .as_ref()
        .is_some_and(|owner| owner.len() > LONGEST_OWNER)
    {
        return Err(unexpected("owner is too long."));
    }
    Ok(LockInfo { scope, owner })
}

/// Decodes UTF-8, and UTF-16 with its byte order mark, which every processor of XML reads.
fn text(body: &[u8]) -> Result<String, Refusal> {
    let utf16 = |unit: fn([u8; 2]) -> u16, body: &[u8]| {
        let (units, rest) = body.as_chunks::<2>();
        let units: Vec<u16> = units.iter().map(|octets| unit(*octets)).collect();
        String::from_utf16(&units).ok().filter(|_| rest.is_empty())
    };
    let text = match body {
        [0xFE, 0xFF, body @ ..] => utf16(u16::from_be_bytes, body),
        [0xFF, 0xFE, body @ ..] => utf16(u16::from_le_bytes, body),
        body => {
            let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
            String::from_utf8(body.to_vec()).ok()
        }
    };
    text.ok_or_else(|| Refusal::bad_request("The body is neither UTF-8 nor UTF-16."))
}

fn parse(text: &str) -> Result<Document<'_>, Refusal> {
    let malformed = |error: &dyn Display| Refusal::bad_request(&format!("The body: {error}"));
    xml_limits::check(text).map_err(|error| malformed(&error))?;
    Document::parse(text).map_err(|error| malformed(&error))
}

fn root<'a, 'input>(
    document: &'a Document<'input>,
    name: &str,
) -> Result<Node<'a, 'input>, Refusal> {
    let root = document.root_element();
    let wrong = || unexpected(&format!("The body is no {name} of the namespace DAV:."));
    is_dav(root, name).then_some(root).ok_or_else(wrong)
}

fn is_dav(element: Node<'_, '_>, name: &str) -> bool {
    element.has_tag_name((DAV, name))
}

fn elements<'a, 'input>(parent: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    parent.children().filter(Node::is_element)
}

fn child<'a, 'input>(parent: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    elements(parent).find(|element| is_dav(*element, name))
}

/// Creates the refusal of XML that is well formed, and not what the method takes (§8.2).
fn unexpected(text: &str) -> Refusal {
    Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status<T>(result: Result<T, Refusal>) -> u16 {
        result.map_or_else(|refusal| refusal.into_response().status().as_u16(), |_| 200)
    }

    #[test]
    fn a_propfind_asks_for_properties() {
        let other = Name {
            namespace: "u:x".to_owned(),
            local: "a".to_owned(),
        };
        let none = Name {
            namespace: String::new(),
            ..other.clone()
        };
        for (body, expected) in [
            ("", Wanted::All(vec![])),
            (
                r#"<propfind xmlns="DAV:"><allprop/></propfind>"#,
                Wanted::All(vec![]),
            ),
            (
                r#"<D:propfind xmlns:D="DAV:"><D:propname/></D:propfind>"#,
                Wanted::Names,
            ),
            (
                r#"<D:propfind xmlns:D="DAV:"><D:allprop/><D:include><a xmlns="u:x"/></D:include></D:propfind>"#,
                Wanted::All(vec![other.clone()]),
            ),
            (
                r#"<D:propfind xmlns:D="DAV:"><D:prop><x:a xmlns:x="u:x"/><a/><D:getetag/></D:prop></D:propfind>"#,
                Wanted::Only(vec![other, none, Name::dav("getetag")]),
            ),
        ] {
            assert_eq!(propfind(body.as_bytes()).unwrap(), expected, "{body}");
        }
    }

    #[test]
    fn bodies_that_are_no_such_xml_are_refused() {
        let nested = |depth| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
        let prop =
            |content: &str| format!(r#"<propfind xmlns="DAV:"><prop>{content}</prop></propfind>"#);
        for (body, expected) in [
            (prop(""), 200),
            (prop(&nested(90)), 200),
            // Not well formed, a prefix without a namespace.
            ("<propfind".to_owned(), 400),
            ("<D:propfind/>".to_owned(), 400),
            (prop(r#"<b:a xmlns:b=""/>"#), 400),
            ("\u{0}".to_owned(), 400),
            // A document type, entities.
            (format!("<!DOCTYPE a>{}", prop("")), 400),
            (
                format!(r#"<!DOCTYPE a [<!ENTITY b "c">]>{}"#, prop("&b;")),
                400,
            ),
            (prop("&b;"), 400),
            // Too deep, also for a stack.
            (prop(&nested(200)), 400),
            (prop(&nested(100_000)), 400),
            // Another element, another namespace, nothing asked for.
            (r#"<lockinfo xmlns="DAV:"/>"#.to_owned(), 422),
            ("<propfind><allprop/></propfind>".to_owned(), 422),
            (r#"<propfind xmlns="DAV:"/>"#.to_owned(), 422),
        ] {
            let context = body.chars().take(60).collect::<String>();
            assert_eq!(status(propfind(body.as_bytes())), expected, "{context}");
        }
    }

    #[test]
    fn encodings_are_those_that_xml_demands() {
        let text = r#"<propfind xmlns="DAV:"><propname/></propfind>"#;
        let be = [0xFEFF].into_iter().chain(text.encode_utf16());
        let le = be.clone().flat_map(u16::to_le_bytes).collect();
        let be = be.flat_map(u16::to_be_bytes).collect();
        for (body, expected) in [
            (text.as_bytes().to_vec(), 200),
            ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), 200),
            (be, 200),
            (le, 200),
            ([text.as_bytes(), b"\xFF"].concat(), 400),
            (b"\xFE\xFF\x00".to_vec(), 400),
        ] {
            assert_eq!(status(propfind(&body)), expected, "{body:?}");
        }
    }

    /// A mebibyte within the limits is read; without them, the fourth and the sixth row take minutes.
    #[test]
    fn documents_beyond_the_limits_are_refused() {
        type Item<'a> = &'a dyn Fn(usize) -> String;
        let list = |count: usize, item: Item<'_>| (0..count).map(item).collect::<Vec<_>>().concat();
        // The numbers have five digits at most.
        let fill = |item: Item<'_>| list((1 << 20) / (item(10_000).len() + 1), item);
        let element = |_| "<a/>".to_owned();
        let attribute = |number| format!("b{number}='' ");
        let namespace = |number| format!("xmlns:b{number}='c' ");
        for (content, expected) in [
            (fill(&element), 200),
            (fill(&|_| "&#13;".to_owned()), 200),
            (fill(&|_| format!("<a {}/>", list(200, &attribute))), 200),
            (format!("<a {}/>", fill(&attribute)), 400),
            (
                format!(
                    "<w {}>{}</w>",
                    list(190, &namespace),
                    list(200_000, &element)
                ),
                200,
            ),
            (format!("<a {}/>", fill(&namespace)), 400),
            (fill(&|number| format!("<b:a xmlns:b='c{number}'/>")), 400),
            (fill(&|_| "<a>".to_owned()), 400),
        ] {
            let body = format!(
                "<propertyupdate xmlns='DAV:'><set><prop><v>{content}</v></prop></set></propertyupdate>"
            );
            let context = content.chars().take(30).collect::<String>();
            assert_eq!(status(proppatch(body.as_bytes())), expected, "{context}");
        }
    }
}
