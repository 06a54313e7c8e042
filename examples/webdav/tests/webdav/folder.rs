//! No request reaches anything outside of the folder, or stores half of a file.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use example_over_sockets::Incoming;
use tempfile::TempDir;

use crate::server::{PROGRAM, Server, status};

/// The methods of a row, in this order: the last two have the path in Destination.
const METHODS: [&str; 6] = ["GET", "PUT", "DELETE", "MKCOL", "COPY", "MOVE"];

/// Returns all files and links below a folder, with their contents.
fn contents(folder: &Path, except: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        let name = path.display().to_string();
        if path == except {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            found.extend(contents(&path, except));
            found.insert(name, "a folder".to_owned());
        } else {
            found.insert(name, fs::read_to_string(&path).unwrap_or_default());
        }
    }
    found
}

#[test]
fn no_path_leaves_the_folder() {
    let long = format!("/{}", "x".repeat(256));
    let many = "/x".repeat(2000);
    // The path of a URL, and the status of each method.
    let table: [(&str, [u16; 6]); 25] = [
        // A path of the folder, for comparison.
        ("/new", [404, 201, 204, 201, 204, 204]),
        // Dot segments go no further up than the folder.
        ("/../secret", [404, 201, 204, 201, 204, 204]),
        ("/%2e%2e/secret", [404, 201, 204, 201, 204, 204]),
        ("/.%2E/secret", [404, 201, 204, 201, 204, 204]),
        ("/a/../../secret", [404, 201, 204, 201, 204, 204]),
        ("/a/%2e%2e/%2e%2e/secret", [404, 201, 204, 201, 204, 204]),
        ("/a/./new", [404, 201, 204, 201, 204, 204]),
        // The folder itself.
        ("/..", [200, 405, 403, 405, 403, 403]),
        // Links: out of the folder, as a file and on the way; within it.
        ("/to-secret", [403; 6]),
        ("/to-outside", [403; 6]),
        ("/to-outside/secret", [403; 6]),
        ("/to-outside/new", [403; 6]),
        ("/to-nothing", [403; 6]),
        ("/to-a", [403; 6]),
        ("/to-a/file", [403; 6]),
        ("/to-file", [403; 6]),
        // No names of files.
        ("/a%00b", [400; 6]),
        ("/..%2Fsecret", [400; 6]),
        ("/a%2Ffile", [400; 6]),
        ("/%2Fetc%2Fpasswd", [400; 6]),
        ("//secret", [400; 6]),
        ("/a//file", [400; 6]),
        // A name like any other on this system.
        ("/..%5Csecret", [404, 201, 204, 201, 204, 204]),
        // Longer than a name or a path may be.
        (&long, [400; 6]),
        (&many, [404, 409, 404, 409, 409, 409]),
    ];
    for (path, expected) in table {
        let server = Server::start();
        fs::write(server.outside().join("secret"), "a secret").unwrap();
        fs::create_dir(server.inside("a")).unwrap();
        fs::write(server.inside("a/file"), "a file").unwrap();
        for (target, link) in [
            ("../secret", "to-secret"),
            ("..", "to-outside"),
            ("../nothing", "to-nothing"),
            ("a", "to-a"),
            ("a/file", "to-file"),
        ] {
            symlink(target, server.inside(link)).unwrap();
        }
        let folder = server.inside("");
        let outside = contents(server.outside(), &folder);
        for (method, expected) in METHODS.into_iter().zip(expected) {
            fs::write(server.inside("source"), "of a client").unwrap();
            let context = format!("{method} {path}");
            let destination = format!("Destination: {path}");
            let response = match method {
                "COPY" | "MOVE" => {
                    Incoming::ask(server.authority(), method, "/source", &[&destination])
                }
                _ => Incoming::ask(server.authority(), method, path, &["Content-Length: 0"]),
            };
            assert_eq!(response.status, expected, "{context}");
            let received = String::from_utf8(response.rest()).unwrap();
            assert!(!received.contains("a secret"), "{context}: {received}");
            assert_eq!(contents(server.outside(), &folder), outside, "{context}");
            if expected >= 400 {
                let file = fs::read_to_string(server.inside("a/file"));
                assert_eq!(file.unwrap(), "a file", "{context}");
            }
        }
    }
}

/// A member that is a link goes with its collection, and what it leads to stays.
#[test]
fn links_are_not_followed_by_collections() {
    let server = Server::start();
    fs::write(server.outside().join("secret"), "a secret").unwrap();
    fs::create_dir(server.inside("a")).unwrap();
    symlink("../..", server.inside("a/out")).unwrap();
    let folder = server.inside("");
    let outside = contents(server.outside(), &folder);

    let listed = server.send("PROPFIND", "/a/", &[("Depth", "1")], None);
    let listed = String::from_utf8(listed.content).unwrap();
    assert!(
        listed.contains("/a/<") && !listed.contains("/a/out"),
        "{listed}"
    );
    let destination = server.url("/b/");
    assert_eq!(
        server.status("COPY", "/a/", &[("Destination", &destination)], None),
        201
    );
    assert_eq!(
        fs::read_dir(server.inside("b")).unwrap().count(),
        0,
        "a link is no resource"
    );
    assert_eq!(server.status("DELETE", "/a/", &[], None), 204);
    assert_eq!(contents(server.outside(), &folder), outside);
}

/// A look-up that fails is neither true nor false: behind `Not`, false would perform the method.
#[test]
fn a_condition_that_cannot_be_looked_up_is_an_error() {
    let server = Server::start();
    symlink("file", server.inside("link")).unwrap();
    let long = format!("/{}", "x".repeat(256));
    for (resource, expected) in [
        ("/none", 204),
        ("/link", 403),
        ("/link/x", 403),
        (&*long, 400),
    ] {
        fs::write(server.inside("file"), "old").unwrap();
        for state in ["[\"x\"]", "<urn:x:t>"] {
            let condition = format!("<{resource}> (Not {state})");
            let status = server.status("PUT", "/file", &[("If", &condition)], Some("new"));
            assert_eq!(status, expected, "{condition}");
        }
        let stored = fs::read_to_string(server.inside("file")).unwrap();
        let expected = if expected == 204 { "new" } else { "old" };
        assert_eq!(stored, expected, "{resource}");
    }
}

/// Returns the names in the folder.
fn names(server: &Server) -> Vec<String> {
    let entries = fs::read_dir(server.inside("")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

/// Begins an upload, and returns once the server waits for its content: the conditions have been
/// evaluated for the first time.
fn begun(server: &Server, head: &str) -> TcpStream {
    let head = head.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n");
    let mut stream = server.begin(&head);
    let mut line = [0; 25];
    stream.read_exact(&mut line).unwrap();
    assert_eq!(str::from_utf8(&line), Ok("HTTP/1.1 100 Continue\r\n\r\n"));
    stream
}

/// Writes the head of a PUT of `/file`.
fn put(server: &Server, fields: &str) -> String {
    let authority = server.authority();
    format!("PUT /file HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n{fields}\r\n\r\n")
}

#[test]
fn an_upload_is_stored_whole_or_not_at_all() {
    /// Sends all of a request, or its beginning.
    type Send = fn(&Server, &str) -> u16;
    /// The content did not arrive; the server may also hang up without a word.
    const CUT: u16 = 408;
    let (whole, cut): (Send, Send) = (Server::raw, Server::cut);
    for (send, fields, content, expected) in [
        (whole, "Content-Length: 3", "new", 204),
        (
            whole,
            "Transfer-Encoding: chunked",
            "3\r\nnew\r\n0\r\n\r\n",
            204,
        ),
        (cut, "Content-Length: 1000", "new", CUT),
        (cut, "Content-Length: 1000", "", CUT),
        (cut, "Transfer-Encoding: chunked", "3\r\nnew\r\n", CUT),
        (cut, "Transfer-Encoding: chunked", "3\r\nne", CUT),
        // A part, and a coding that would be lost.
        (
            whole,
            "Content-Length: 3\r\nContent-Range: bytes 0-2/9",
            "new",
            400,
        ),
        (
            whole,
            "Content-Length: 3\r\nContent-Encoding: gzip",
            "new",
            415,
        ),
    ] {
        let server = Server::start();
        fs::write(server.inside("file"), "old").unwrap();
        let status = send(&server, &(put(&server, fields) + content));
        let is_expected = status == expected || (expected, status) == (CUT, 0);
        assert!(is_expected, "{fields} {content:?}: {status}");
        std::thread::sleep(Duration::from_millis(100));
        let stored = fs::read_to_string(server.inside("file")).unwrap();
        let expected = if expected == 204 { "new" } else { "old" };
        assert_eq!(stored, expected, "{fields} {content:?}");
        assert_eq!(names(&server), ["file"], "{fields} {content:?}");
    }
}

/// The client goes away without a word, long after its first octets have been written.
#[test]
fn a_cut_upload_leaves_nothing() {
    let server = Server::start();
    fs::write(server.inside("file"), "old").unwrap();
    let mut upload = begun(&server, &put(&server, "Content-Length: 9000000"));
    upload.write_all(&vec![b'x'; 1 << 20]).unwrap();
    // Another client writes meanwhile: nobody waits for an upload.
    let start = Instant::now();
    assert_eq!(server.status("PUT", "/file", &[], Some("new")), 204);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "the upload keeps others out"
    );
    assert_eq!(names(&server), ["file"]);
    drop(upload);
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(fs::read_to_string(server.inside("file")).unwrap(), "new");
    assert_eq!(names(&server), ["file"]);
}

/// The first look at the conditions refuses early; the second one sees what has changed meanwhile.
#[test]
fn conditions_are_evaluated_when_the_upload_is_complete() {
    let server = Server::start();
    fs::write(server.inside("file"), "old").unwrap();
    let fields = format!("If: ([{}])\r\nContent-Length: 4", server.etag("/file"));
    let mut upload = begun(&server, &put(&server, &fields));
    assert_eq!(server.status("PUT", "/file", &[], Some("fast")), 204);
    upload.write_all(b"slow").unwrap();
    assert_eq!(status(upload), 412);
    assert_eq!(fs::read_to_string(server.inside("file")).unwrap(), "fast");
}

/// The collection is at another place when all has arrived: the file belongs into the new one.
#[test]
fn an_upload_does_not_follow_a_collection_that_is_moved() {
    let server = Server::start();
    fs::create_dir(server.inside("a")).unwrap();
    let head = put(&server, "Content-Length: 4").replace("/file", "/a/file");
    let mut upload = begun(&server, &head);
    assert_eq!(
        server.status("MOVE", "/a/", &[("Destination", "/b/")], None),
        201
    );
    assert_eq!(server.status("MKCOL", "/a/", &[], None), 201);
    upload.write_all(b"slow").unwrap();
    assert_eq!(status(upload), 409);
    for folder in ["a", "b"] {
        assert_eq!(
            fs::read_dir(server.inside(folder)).unwrap().count(),
            0,
            "{folder}"
        );
    }
}

/// The disk is full when half of an upload, or of a copy, is there: what it would replace stays.
#[test]
fn what_cannot_be_replaced_stays() {
    let server = Server::with_small_files();
    fs::create_dir(server.inside("source")).unwrap();
    fs::write(server.inside("source/1-small"), "new").unwrap();
    fs::write(server.inside("source/2-large"), "x".repeat(100_000)).unwrap();
    fs::create_dir(server.inside("old")).unwrap();
    fs::write(server.inside("old/file"), "old").unwrap();
    fs::write(server.inside("file"), "old").unwrap();
    let before = contents(&server.inside(""), Path::new(""));

    let large = "x".repeat(100_000);
    for (method, path, destination, content) in [
        ("COPY", "/source/", "/old/", None),
        ("COPY", "/source/", "/new/", None),
        ("COPY", "/source/", "/file", None),
        ("COPY", "/source/2-large", "/file", None),
        ("COPY", "/source/2-large", "/old", None),
        ("PUT", "/file", "", Some(&*large)),
        ("PUT", "/new", "", Some(&*large)),
    ] {
        let status = server.status(method, path, &[("Destination", destination)], content);
        assert_eq!(status, 507, "{method} {path} {destination}");
        let after = contents(&server.inside(""), Path::new(""));
        assert_eq!(after, before, "{method} {path} {destination}");
    }
}

/// A script that was executable is so after an edit, and so is its copy.
#[test]
fn permissions_are_kept() {
    let server = Server::start();
    fs::write(server.inside("file"), "old").unwrap();
    fs::set_permissions(server.inside("file"), fs::Permissions::from_mode(0o750)).unwrap();
    assert_eq!(server.status("PUT", "/file", &[], Some("new")), 204);
    assert_eq!(
        server.status("COPY", "/file", &[("Destination", "/copy")], None),
        201
    );
    for name in ["file", "copy"] {
        let mode = fs::metadata(server.inside(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o750, "{name}");
    }
}

/// A client that waits for 100 (Continue) gets the refusal in its place, and sends nothing.
#[test]
fn a_refused_upload_need_not_be_sent() {
    let server = Server::start();
    fs::write(server.inside("file"), "old").unwrap();
    let length = "Content-Length: 1000000000000";
    let expects = format!("{length}\r\nExpect: 100-continue\r\nIf-Match: \"x\"");
    assert_eq!(server.raw(&put(&server, &expects)), 412);
    drop(begun(&server, &put(&server, length)));
}

/// A page of another site whose name leads to 127.0.0.1 has its own name in Host.
#[test]
fn only_this_machine_is_served() {
    let server = Server::start();
    let (_, port) = server.authority().rsplit_once(':').unwrap();
    for (host, expected) in [
        (format!("127.0.0.1:{port}"), 200),
        (format!("localhost:{port}"), 200),
        (format!("[::1]:{port}"), 200),
        ("LOCALHOST".to_owned(), 200),
        (format!("attacker.example:{port}"), 421),
        ("192.0.2.1".to_owned(), 421),
        ("127.0.0.1.attacker.example".to_owned(), 421),
    ] {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(server.raw(&request), expected, "{host}");
    }
}

/// Others can reach the folder only if the command line says so.
#[test]
fn another_address_needs_a_flag() {
    let folder = TempDir::new().unwrap();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:0"] {
        let mut program = Command::new(PROGRAM);
        program.args(["--listen", address]).arg(folder.path());
        program.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut server = program.spawn().unwrap();
        let mut line = String::new();
        let output = server.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut line).unwrap();
        // One that listens would go on.
        server.kill().unwrap();
        let output = server.wait_with_output().unwrap();
        assert_eq!(line, "", "{address}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains("--any-address"), "{address}: {error}");
    }
    let server = Server::at_any_address();
    let request = "GET / HTTP/1.1\r\nHost: files.example\r\nConnection: close\r\n\r\n";
    assert_eq!(server.raw(request), 200);
}
