//! The notes in a database: what is read, what is decided and what is written share one
//! transaction.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use http_preconditions::HttpDate;
use rusqlite::{Connection, Error, OptionalExtension, Result, Row, TransactionBehavior, params};
use serde::Serialize;
use tokio::task;

use crate::validators::Validators;

/// A handle on the database, which all requests share.
#[derive(Clone, Debug)]
pub(crate) struct Store {
    connection: Arc<Mutex<Connection>>,
    origin: Arc<str>,
}

#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) validators: Validators,
}

#[derive(Debug, Serialize)]
pub(crate) struct Entry {
    id: String,
    title: String,
    version: i64,
    modified: i64,
}

#[derive(Debug)]
pub(crate) struct List {
    pub(crate) entries: Vec<Entry>,
    pub(crate) validators: Validators,
}

/// What becomes of a note.
#[derive(Debug)]
pub(crate) enum Change {
    Nothing,
    Write(String),
    Delete,
}

impl Store {
    /// Opens the database in this file, or a new one in memory, and makes it ready.
    pub(crate) fn open(file: Option<&Path>) -> Result<Self> {
        let connection = match file {
            Some(file) => Connection::open(file)?,
            None => Connection::open_in_memory()?,
        };
        connection.execute_batch(include_str!("schema.sql"))?;
        let origin: String =
            connection.query_row("SELECT name FROM origin", [], |row| row.get(0))?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
            origin: origin.into(),
        })
    }

    /// The notes that there are, the one changed last first.
    pub(crate) async fn list(&self) -> Result<List> {
        self.run(|connection, origin| {
            let mut statement = connection.prepare_cached(
                "SELECT id, version, modified, text IS NULL, substr(text, 1, 120) FROM note
                 ORDER BY modified DESC, id",
            )?;
            let mut rows = statement.query([])?;
            let (mut entries, mut changes, mut latest) = (Vec::new(), 0, None);
            while let Some(row) = rows.next()? {
                let (version, modified) = (row.get(1)?, row.get(2)?);
                // Each change makes one version greater by one, so that the sum tells two lists
                // apart.
                changes += version;
                latest = latest.max(Some(modified));
                if !row.get::<_, bool>(3)? {
                    let head: String = row.get(4)?;
                    entries.push(Entry {
                        id: row.get(0)?,
                        title: head.lines().next().unwrap_or_default().to_owned(),
                        version,
                        modified,
                    });
                }
            }
            Ok(List {
                entries,
                validators: validators(origin, changes, latest),
            })
        })
        .await
    }

    /// The note of this name.
    pub(crate) async fn note(&self, id: String) -> Result<Option<Note>> {
        self.run(move |connection, origin| {
            Ok(current(connection, &id)?.and_then(|row| row.note(origin)))
        })
        .await
    }

    /// Shows `decide` the note of this name and does what it says, in one transaction: no other
    /// request, and no other server on the same file, comes between. Returns the note as it is
    /// afterwards, and what else `decide` has to say.
    pub(crate) async fn change<T: Send + 'static>(
        &self,
        id: String,
        decide: impl FnOnce(Option<&Note>) -> (Change, T) + Send + 'static,
    ) -> Result<(Option<Note>, T)> {
        self.run(move |connection, origin| {
            // Immediate: the lock for writing is taken before the version is read.
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = current(&transaction, &id)?;
            let version = before.as_ref().map(|row| row.version);
            let note = before.and_then(|row| row.note(origin));
            let (change, said) = decide(note.as_ref());
            let text = match change {
                Change::Nothing => return Ok((note, said)),
                Change::Write(text) => Some(text),
                Change::Delete => None,
            };
            let changed = match version {
                Some(version) => transaction.execute(
                    "UPDATE note SET version = version + 1, modified = unixepoch(), text = ?
                     WHERE id = ? AND version = ?",
                    params![text, id, version],
                )?,
                None => transaction.execute(
                    "INSERT INTO note VALUES (?, 1, unixepoch(), ?)",
                    params![id, text],
                )?,
            };
            // Had the version been another, nothing would be written, and nothing be committed.
            if changed != 1 {
                return Err(Error::StatementChangedRows(changed));
            }
            let after = current(&transaction, &id)?;
            transaction.commit()?;
            Ok((after.and_then(|row| row.note(origin)), said))
        })
        .await
    }

    /// Runs a query on a thread that may wait.
    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Connection, &str) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Self { connection, origin } = self.clone();
        let query = move || {
            // A transaction that a panic has cut short is rolled back; the connection is sound.
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            query(&mut connection, &origin)
        };
        task::spawn_blocking(query)
            .await
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
    }
}

/// A row, which stays where a note has been deleted.
struct Current {
    version: i64,
    modified: i64,
    text: Option<String>,
}

impl Current {
    fn note(self, origin: &str) -> Option<Note> {
        Some(Note {
            text: self.text?,
            validators: validators(origin, self.version, Some(self.modified)),
        })
    }
}

fn current(connection: &Connection, id: &str) -> Result<Option<Current>> {
    let read = |row: &Row<'_>| {
        Ok(Current {
            version: row.get(0)?,
            modified: row.get(1)?,
            text: row.get(2)?,
        })
    };
    connection
        .prepare_cached("SELECT version, modified, text FROM note WHERE id = ?")?
        .query_row([id], read)
        .optional()
}

fn validators(origin: &str, version: i64, modified: Option<i64>) -> Validators {
    Validators {
        tag: format!("{origin}.{version}"),
        modified: modified.and_then(|seconds| HttpDate::from_unix(seconds).ok()),
    }
}
