//! The lists of RFC 9111 that say what a cache stores. What is malformed in them is read as far as
//! it goes: to leave one field more out of what is stored does no harm.

use super::trim;

/// The elements of a list without quotes in it, empty ones left out: `#token`.
pub(crate) fn elements(list: &[u8]) -> impl Iterator<Item = &[u8]> + Clone {
    let elements = list.split(|octet| *octet == b',');
    elements
        .map(|element| trim(element).1)
        .filter(|element| !element.is_empty())
}

/// The directives of `Cache-Control = #cache-directive`, each with its argument without quotes:
/// `cache-directive = token [ "=" ( token / quoted-string ) ]`.
pub(crate) fn cache_control(list: &[u8]) -> impl Iterator<Item = (&[u8], Option<&[u8]>)> + Clone {
    let directives = list.split(separator(b','));
    directives.map(|directive| {
        let mut parts = directive.splitn(2, separator(b'='));
        let name = parts.next().unwrap_or_default();
        (trim(name).1, parts.next().map(argument))
    })
}

/// `token / quoted-string`, without quotes, and without what is behind the closing one.
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

/// Reports of each octet in turn whether it is this separator outside of `quoted-string`, in which
/// a backslash takes the next octet as it is (RFC 9110 §5.6.4).
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
