//! JSON lines: one object in, one object out, any number of times.

use std::io::{self, BufRead, BufWriter, Read as _, Write};

use crate::answer::{self, Answer, Refusal};
use crate::line;

/// What one line may take, so that memory is bounded whatever the input.
const LIMIT: usize = 16 * 1024 * 1024;

/// Answers every line, and reports whether all of them could be evaluated.
pub(crate) fn run(input: impl BufRead, output: impl Write) -> Result<bool, String> {
    let mut lines = Lines {
        input,
        line: Vec::new(),
    };
    let mut output = BufWriter::new(output);
    let mut are_all_good = true;
    let written = loop {
        let answer = match lines.next() {
            Ok(Some(line)) => line.and_then(line::evaluate).and_then(answer::answer),
            Ok(None) => break output.flush(),
            Err(error) => {
                // The answers so far are good; that the output has gone too would be no news.
                _ = output.flush();
                return Err(format!("standard input: {error}"));
            }
        };
        are_all_good &= answer.is_ok();
        if let Err(error) = write(&mut output, answer) {
            break Err(error);
        }
    };
    match written {
        // A reader that has gone away has read enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(format!("standard output: {error}"))
        }
        _ => Ok(are_all_good),
    }
}

fn write(output: &mut impl Write, answer: Result<Answer, String>) -> io::Result<()> {
    match answer {
        Ok(answer) => serde_json::to_writer(&mut *output, &answer)?,
        Err(error) => serde_json::to_writer(&mut *output, &Refusal { error })?,
    }
    output.write_all(b"\n")
}

/// The lines of the input, one after the other in the same place.
struct Lines<R> {
    input: R,
    line: Vec<u8>,
}

impl<R: BufRead> Lines<R> {
    /// The next line without its end; an error for one that is too long, which is passed over.
    fn next(&mut self) -> io::Result<Option<Result<&[u8], String>>> {
        self.line.clear();
        let limit = u64::try_from(LIMIT).unwrap_or(u64::MAX);
        let count = (&mut self.input)
            .take(limit)
            .read_until(b'\n', &mut self.line)?;
        if count == 0 {
            return Ok(None);
        }
        if count == LIMIT && !self.line.ends_with(b"\n") {
            self.input.skip_until(b'\n')?;
            return Ok(Some(Err("the line is longer than 16 MiB".to_owned())));
        }
        let line = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        Ok(Some(Ok(line.strip_suffix(b"\r").unwrap_or(line))))
    }
}
