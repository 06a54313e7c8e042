//! Messages as the rows write them: `200 | ETag: "v1" | Cache-Control: max-age=60 || content`.

/// A message, read from a row or from a socket.
#[derive(Clone, Debug, Default)]
pub(crate) struct Message {
    /// The method and the target, or the status code.
    pub(crate) start: String,
    pub(crate) fields: Vec<(String, String)>,
    pub(crate) content: Vec<u8>,
}

impl Message {
    /// Reads a message to send.
    pub(crate) fn parse(text: &str) -> Self {
        let (head, content) = text.split_once("|| ").unwrap_or((text, ""));
        let mut parts = head.split(" | ").map(str::trim);
        let start = parts.next().unwrap_or_default().to_owned();
        let field = |line: &str| {
            let (name, value) = line.split_once(": ").expect("a field");
            (name.to_owned(), value.to_owned())
        };
        Self {
            start,
            fields: parts.map(field).collect(),
            content: content.into(),
        }
    }

    /// Returns all lines of a field as one.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let lines = self
            .fields
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let lines: Vec<_> = lines.map(|(_, value)| value.as_str()).collect();
        (!lines.is_empty()).then(|| lines.join(", "))
    }

    /// Returns what differs from the expected text:
    ///
    /// - `Name: value`: the field must have this value, in which `?` is any octet
    /// - `Name`: the field must be there
    /// - `-Name`: the field must not be there
    /// - `|| content`: the content must be this
    /// - `||* a, b`: the content must contain each of these
    pub(crate) fn differs(&self, expected: &str) -> Option<String> {
        let (head, content) = match expected.split_once("||") {
            Some((head, content)) => (head, Some(content)),
            None => (expected, None),
        };
        let mut parts = head.split(" | ").map(str::trim);
        let start = parts.next().unwrap_or_default();
        if start != self.start {
            return Some(format!("{start:?} is expected"));
        }
        for part in parts {
            let is_met = match (part.strip_prefix('-'), part.split_once(": ")) {
                (Some(name), _) => self.get(name).is_none(),
                (_, Some((name, value))) => self.get(name).is_some_and(|is| is_like(&is, value)),
                (None, None) => self.get(part).is_some(),
            };
            if !is_met {
                return Some(format!("{part:?} is expected"));
            }
        }
        let text = String::from_utf8_lossy(&self.content);
        let is_met = match content.map(|content| (content.strip_prefix("* "), content.trim())) {
            None => true,
            Some((Some(contained), _)) => contained
                .split(", ")
                .all(|contained| text.contains(contained)),
            Some((None, whole)) => text == whole,
        };
        (!is_met).then(|| format!("the content is expected to be {content:?}"))
    }
}

fn is_like(value: &str, pattern: &str) -> bool {
    let mut pairs = value.bytes().zip(pattern.bytes());
    value.len() == pattern.len() && pairs.all(|(octet, known)| known == b'?' || octet == known)
}
