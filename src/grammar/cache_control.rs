//! Lists of RFC 9111 that decide which fields a cache stores. A malformed list is read as far as
//! possible: at worst the cache stores one field less, which does no harm.

use super::trim;

/// Returns the elements of `#token`, a list without quotes. Empty elements are skipped.
pub(crate) fn elements(list: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    let elements = list.split(|octet| *octet == b',');
    elements
        .map(|element| trim(element).1)
        .filter(|element| !element.is_empty())
}

/// Returns the directives of `Cache-Control = #cache-directive`, each with its argument without
/// quotes: `cache-directive = token [ "=" ( token / quoted-string ) ]`.
pub(crate) fn cache_control(list: &[u8]) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> + Clone {
    let directives = list.split(separator(b','));
    directives.map(|directive| {
        let mut parts = directive.splitn(2, separator(b'='));
        let name = parts.next().unwrap_or_default();
        (trim(name).1, parts.next().map(argument))
    })
}

/// Returns a `token / quoted-string` without quotes, and without the text behind the closing
/// quote.
fn argument(argument: &[u8]) -> &[u8] {
    let (_, argument) = trim(argument);
    let Some(text) = argument.strip_prefix(b"\"") else {
        return argument;
    };
    let mut escaped = false;
    let mut inside = text.split(|octet| {
        let closes = *octet == b'"' && !escaped;
        escaped = *octet == b'\\' && !escaped;
        closes
    });
    inside.next().unwrap_or_default()
}

/// Creates a predicate to call for each octet in turn. It returns true if the octet is
/// `separator` outside of a `quoted-string`, in which a backslash escapes the next octet (RFC
/// 9110 §5.6.4).
fn separator(separator: u8) -> impl FnMut(&u8) -> bool + Clone {
    let (mut quoted, mut escaped) = (false, false);
    move |octet| {
        let is_separator = !quoted && *octet == separator;
        match *octet {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            _ => {}
        }
        is_separator
    }
}
