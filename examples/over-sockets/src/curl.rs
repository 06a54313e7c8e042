//! `curl` as a client.

use std::ffi::OsString;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;
use std::process::{Command, Stdio};

use crate::client::{Field, Response};

pub(crate) fn send(
    method: &str,
    url: &str,
    fields: &[Field<'_>],
    content: Option<&[u8]>,
) -> Response {
    let mut curl = Command::new("curl");
    curl.args(["--silent", "--show-error", "--include", "--max-time", "20"]);
    if method == "HEAD" {
        curl.arg("--head");
    } else {
        curl.args(["--request", method]);
    }
    if content.is_some() {
        // No 100 (Continue) to wait for, and no form.
        curl.args([
            "--header",
            "Expect:",
            "--header",
            "Content-Type: text/plain",
        ]);
        curl.args(["--data-binary", "@-"]);
    }
    for (name, value) in fields {
        let mut line = name.as_bytes().to_vec();
        // This is how curl is told of an empty value; with a colon it would leave the field out.
        line.extend(if value.is_empty() {
            b";".as_slice()
        } else {
            b": "
        });
        line.extend(*value);
        curl.arg("--header").arg(OsString::from_vec(line));
    }
    let curl = curl.arg(url).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut curl = curl.spawn().expect("curl is installed");
    let mut input = curl.stdin.take().expect("it is piped");
    input
        .write_all(content.unwrap_or_default())
        .expect("curl reads what it sends");
    drop(input);
    let output = curl.wait_with_output().expect("curl ends");
    assert!(output.status.success(), "{method} {url}: {}", output.status);
    received(&output.stdout)
}

/// Reads what `--include` prints.
fn received(output: &[u8]) -> Response {
    let end = output.windows(4).position(|octets| octets == b"\r\n\r\n");
    let (head, content) = output.split_at(end.expect("the head has an end"));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1));
    let fields = lines.map(|line| {
        let (name, value) = line.split_once(':').expect("a field line has a colon");
        (name.to_ascii_lowercase(), value.trim().to_owned())
    });
    Response {
        status: status
            .and_then(|status| status.parse().ok())
            .expect("a status"),
        fields: fields.collect(),
        content: content[4..].to_vec(),
    }
}
