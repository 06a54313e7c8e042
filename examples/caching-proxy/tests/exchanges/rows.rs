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
    /// What clients ask while the origin holds its answer.
    pub(crate) meanwhile: Vec<Self>,
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
        let asks = Exchange {
            asks: text.clone(),
            ..Exchange::default()
        };
        if line.starts_with("> ") {
            row.exchanges.push(asks);
            continue;
        }
        let outer = row.exchanges.last_mut();
        let outer = outer.expect("a row begins with a request");
        if line.starts_with("& ") {
            outer.meanwhile.push(asks);
            continue;
        }
        let exchange = match outer.meanwhile.last_mut() {
            Some(inner) => inner,
            None => outer,
        };
        match line.as_bytes() {
            [b'<', ..] => exchange.origin.push((text, String::new())),
            [b'-', ..] => exchange.origin.last_mut().expect("it sees first").1 = text,
            [b'=', ..] => exchange.gets = text,
            _ => panic!("{}: {line:?} is not readable", row.name),
        }
    }
    rows
}
