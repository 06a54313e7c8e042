//! Reads the vector files of `tests/data`: one row a line, columns apart by tabs, octets as `\xHH`.

use std::fmt;
use std::path::Path;

/// One row of a vector file, which shows as it stands in the file.
pub struct Row {
    file: String,
    number: usize,
    text: String,
    columns: Vec<Vec<u8>>,
}

impl Row {
    /// The octets of a column; a column that is not there is empty.
    pub fn octets(&self, column: usize) -> &[u8] {
        self.columns.get(column).map_or(&[], Vec::as_slice)
    }

    /// A column of plain ASCII.
    #[track_caller]
    pub fn text(&self, column: usize) -> &str {
        std::str::from_utf8(self.octets(column)).unwrap_or_else(|_| panic!("no text: {self}"))
    }

    /// A column that is a number.
    #[track_caller]
    pub fn number<N: std::str::FromStr>(&self, column: usize) -> N {
        let number = self.text(column).parse();
        number.unwrap_or_else(|_| panic!("no number in column {column}: {self}"))
    }

    /// The columns from this one on.
    pub fn from(&self, column: usize) -> impl Iterator<Item = &[u8]> {
        self.columns.iter().skip(column).map(Vec::as_slice)
    }

    /// The columns from this one on as field lines: names, and values from behind the
    /// space on.
    pub fn fields(&self, column: usize) -> Vec<(&str, &[u8])> {
        self.from(column)
            .map(|line| {
                let colon = line.iter().position(|octet| *octet == b':');
                let colon = colon.unwrap_or_else(|| panic!("no field line: {self}"));
                let (name, value) = (&line[..colon], &line[colon + 1..]);
                let value = value.strip_prefix(b" ").unwrap_or(value);
                (
                    std::str::from_utf8(name).expect("a field name is ASCII"),
                    value,
                )
            })
            .collect()
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.number, self.text)
    }
}

/// All rows of a file of `tests/data`; a file without any is an error.
pub fn rows(file: &str) -> Vec<Row> {
    // The packages of the workspace share the files of its root.
    let mut packages = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    let data = packages.find_map(|package| {
        let data = package.join("tests/data");
        data.is_dir().then_some(data)
    });
    let path = data.expect("tests/data is there").join(file);
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows: Vec<Row> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(index, line)| Row {
            file: file.to_owned(),
            number: index + 1,
            text: line.to_owned(),
            columns: line.split('\t').map(unescaped).collect(),
        })
        .collect();
    assert!(!rows.is_empty(), "{file} has no rows");
    rows
}

/// The octets that a column stands for.
fn unescaped(column: &str) -> Vec<u8> {
    let (first, escapes) = match column.split_once("\\x") {
        Some((first, rest)) => (first, rest.split("\\x").collect()),
        None => (column, Vec::new()),
    };
    let mut octets = first.as_bytes().to_vec();
    for escape in escapes {
        let (hex, text) = escape.split_at(2);
        octets.push(u8::from_str_radix(hex, 16).expect("two hex digits follow `\\x`"));
        octets.extend(text.as_bytes());
    }
    octets
}

/// The name of an error kind as the files write it: without the octet that a separator names.
pub fn kind(error: http_preconditions::ParseError) -> String {
    let name = format!("{:?}", error.kind());
    name.split('(').next().unwrap_or_default().to_owned()
}
