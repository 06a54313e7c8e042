//! The cache on disk: of each URL the fields of its response in one file, and its content, as far
//! as it has arrived, in another. The first two lines are the first Date and the complete length,
//! empty where they are not known.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use http_preconditions::{
    HttpDate,
    cache::{CacheKind, stored_fields},
    client::{IncompleteResponse, ResponseValidators},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

/// The files of one URL.
pub(crate) struct Store {
    head: PathBuf,
    content: PathBuf,
}

/// What is stored of a response.
pub(crate) struct Stored {
    pub(crate) fields: HeaderMap,
    /// The Date of the response that brought the content.
    first_date: Option<HttpDate>,
    /// How many octets the whole has: by Content-Length, by the Content-Range of a 206, or because
    /// all have arrived.
    pub(crate) length: Option<u64>,
    /// How many of them are here.
    pub(crate) here: u64,
}

impl Stored {
    /// Of a response as it was received, or as it was stored.
    pub(crate) fn new(fields: &HeaderMap) -> Self {
        let fields = stored_fields(fields, CacheKind::Private);
        let length = fields.get("content-length");
        let length = length.and_then(|length| length.to_str().ok()?.parse().ok());
        let first_date = ResponseValidators::from_fields(&fields).first_date();
        Self {
            first_date,
            length,
            here: 0,
            fields,
        }
    }

    pub(crate) fn validators(&self) -> ResponseValidators<'_> {
        ResponseValidators::from_stored(200, &self.fields, self.first_date)
    }

    pub(crate) fn is_whole(&self) -> bool {
        self.length == Some(self.here)
    }

    /// The part that is here, as such.
    pub(crate) fn incomplete(&self) -> IncompleteResponse<'_> {
        let coding = self.fields.get("content-encoding");
        let part = IncompleteResponse::new(self.validators(), self.here)
            .content_encoding(coding.map_or(b"", HeaderValue::as_bytes));
        match self.length {
            Some(length) => part.complete_length(length),
            None => part,
        }
    }
}

impl Store {
    pub(crate) fn new(folder: &Path, url: &str) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let name = utf8_percent_encode(url, NON_ALPHANUMERIC).to_string();
        if name.len() > 240 {
            bail!("the URL is too long for the name of a file");
        }
        Ok(Self {
            head: folder.join(format!("{name}.head")),
            content: folder.join(format!("{name}.content")),
        })
    }

    /// What is stored, if anything is.
    pub(crate) fn read(&self) -> anyhow::Result<Option<Stored>> {
        let Ok(text) = fs::read(&self.head) else {
            return Ok(None);
        };
        let mut lines = text.split(|octet| *octet == b'\n');
        let first_date = lines.next().unwrap_or_default();
        let length = lines.next().unwrap_or_default();
        let mut fields = HeaderMap::new();
        for line in lines.filter(|line| !line.is_empty()) {
            let colon = line.iter().position(|octet| *octet == b':');
            let colon = colon.with_context(|| format!("reading {}", self.head.display()))?;
            let name = HeaderName::from_bytes(&line[..colon])?;
            fields.append(name, HeaderValue::from_bytes(&line[colon + 1..])?);
        }
        let stored = Stored {
            first_date: HttpDate::parse(first_date).ok(),
            length: str::from_utf8(length)
                .ok()
                .and_then(|text| text.parse().ok()),
            here: fs::metadata(&self.content).map_or(0, |content| content.len()),
            ..Stored::new(&fields)
        };
        Ok(Some(stored))
    }

    /// Writes the fields, at once or not at all.
    pub(crate) fn write(&self, stored: &Stored) -> anyhow::Result<()> {
        let date = stored.first_date.map(|date| date.to_string());
        let length = stored.length.map(|length| length.to_string());
        let mut text = [date, length]
            .map(Option::unwrap_or_default)
            .join("\n")
            .into_bytes();
        for (name, value) in &stored.fields {
            text.push(b'\n');
            text.extend_from_slice(name.as_str().as_bytes());
            text.push(b':');
            text.extend_from_slice(value.as_bytes());
        }
        let new = self.head.with_extension("new");
        fs::write(&new, text)?;
        Ok(fs::rename(new, &self.head)?)
    }

    /// Makes room for another version: first its fields go, so that they never stand beside the
    /// content of another.
    pub(crate) fn replace(&self, stored: &Stored) -> anyhow::Result<File> {
        self.remove()?;
        let content = File::create(&self.content)?;
        self.write(stored)?;
        Ok(content)
    }

    /// The content, to put more behind it.
    pub(crate) fn append(&self) -> anyhow::Result<File> {
        Ok(OpenOptions::new().append(true).open(&self.content)?)
    }

    pub(crate) fn content(&self) -> anyhow::Result<Vec<u8>> {
        Ok(fs::read(&self.content)?)
    }

    pub(crate) fn remove(&self) -> anyhow::Result<()> {
        for file in [&self.head, &self.content] {
            if file.exists() {
                fs::remove_file(file)?;
            }
        }
        Ok(())
    }
}

/// Copies until the end or the cut, and says how many octets that were. What arrives is on disk
/// before more is asked for.
pub(crate) fn copy(mut from: impl std::io::Read, to: &mut File) -> anyhow::Result<Arrived> {
    let mut buffer = [0; 16 * 1024];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(Arrived::All),
            Ok(count) => to.write_all(&buffer[..count])?,
            Err(error) => return Ok(Arrived::Cut(error)),
        }
    }
}

/// How a transfer has ended.
pub(crate) enum Arrived {
    All,
    Cut(std::io::Error),
}
