//! Reads the rows of `rows.txt`.

/// A name, and the exchanges one after the other.
#[derive(Default)]
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) exchanges: Vec<Exchange>,
}

/// One request of a client.
#[derive(Default)]
pub(crate) struct Exchange {
    pub(crate) asks: String,
    /// What the origin must see, and what it answers.
    pub(crate) origin: Vec<(String, String)>,
    pub(crate) gets: String,
}

/// Returns all rows, each with a folder of its own.
pub(crate) fn rows() -> Vec<Row> {
    let mut rows = Vec::<Row>::new();
    let mut is_in_row = false;
    for line in include_str!("rows.txt").lines() {
        if line.starts_with('#') {
            continue;
        }
        let text = line.get(2..).unwrap_or_default();
        let text = text
            .replace('~', &format!("/{}", rows.len()))
            .replace("\\r\\n", "\r\n");
        if !is_in_row || line.is_empty() {
            is_in_row = !line.is_empty();
            rows.extend(is_in_row.then(|| Row {
                name: line,
                exchanges: Vec::new(),
            }));
            continue;
        }
        let row = rows.last_mut().expect("a row has begun");
        if line.starts_with("> ") {
            row.exchanges.push(Exchange {
                asks: text,
                ..Exchange::default()
            });
            continue;
        }
        let exchange = row
            .exchanges
            .last_mut()
            .expect("a row begins with a request");
        match line.as_bytes() {
            [b'<', ..] => exchange.origin.push((text, String::new())),
            [b'-', ..] => exchange.origin.last_mut().expect("it sees first").1 = text,
            [b'=', ..] => exchange.gets = text,
            _ => panic!("{}: {line:?} is not readable", row.name),
        }
    }
    rows
}
