//! What only a server of files can get wrong: paths out of its folder, memory, and files that change
//! while they are sent.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::{FileExt, symlink};
use std::process::Command;

use example_over_sockets::{FILES, Folder, Incoming, Server};

/// The request targets as they stand, of which no client makes a normal form.
#[test]
fn no_path_leads_out_of_the_folder() {
    const SECRET: &[u8] = b"secret";
    let server = Server::start(FILES);
    let folder = server.folder();
    let outside = tempfile::tempdir().expect("there is room for a folder");
    fs::write(outside.path().join("secret"), SECRET).expect("there is room for a file");
    let beside = format!("{}-beside", folder.path().display());
    fs::create_dir(&beside).expect("there is room for a folder");
    fs::write(format!("{beside}/secret"), SECRET).expect("there is room for a file");
    fs::create_dir(folder.path().join("sub")).expect("there is room for a folder");
    for (name, content) in [
        ("sub/in.txt", "in"),
        ("a b%2e.txt", "ab"),
        ("..in", "dots"),
        ("empty", ""),
    ] {
        fs::write(folder.path().join(name), content).expect("there is room for a file");
    }
    let links = [
        ("link-in", folder.path().join("sub/in.txt")),
        ("link-out", outside.path().join("secret")),
        ("folder-out", outside.path().to_path_buf()),
        ("link-beside", format!("{beside}/secret").into()),
        ("link-up", "../".into()),
        ("link-to-nothing", "nothing".into()),
        ("link-to-itself", "link-to-itself".into()),
    ];
    for (name, target) in links {
        symlink(target, folder.path().join(name)).expect("it is a folder");
    }
    let mut pipe = Command::new("mkfifo");
    let pipe = pipe.arg(folder.path().join("pipe")).status();
    assert!(pipe.expect("mkfifo is installed").success());

    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let own = name(&folder.path().display().to_string());
    let secret = format!("{}/secret", outside.path().display());
    let encoded = secret.replace('/', "%2F");
    let up = format!("/../{}/secret", name(&outside.path().display().to_string()));
    let table = [
        // Files of the folder
        ("/strong.txt", 200),
        ("/sub/in.txt", 200),
        ("/%73ub/%69n.txt", 200),
        ("/a%20b%252e.txt", 200),
        ("/..in", 200),
        ("/strong.txt?a=/../..", 200),
        ("/link-in", 200),
        ("/empty", 200),
        // Names that are none
        (&*up, 404),
        (&up.replace("..", "%2e%2e"), 404),
        (&up.replace("..", ".%2E"), 404),
        (&up.replacen("../", "..%2F", 1), 404),
        (&up.replacen("/../", "/..%5C", 1), 404),
        (&format!("/sub/../..{}", &up[3..]), 404),
        (&format!("/../{own}/strong.txt"), 404),
        (&format!("/../{own}-beside/secret"), 404),
        ("/sub/../strong.txt", 404),
        ("/./strong.txt", 404),
        ("/%2e/strong.txt", 404),
        ("//strong.txt", 404),
        ("/sub//in.txt", 404),
        // Encoded separators and ends
        ("/sub%2Fin.txt", 404),
        ("/sub%2fin.txt", 404),
        ("/strong.txt%00", 404),
        ("/strong.txt%00.png", 404),
        ("/%00", 404),
        ("/%FF", 404),
        // Absolute paths
        (&format!("/{secret}"), 404),
        (&format!("/{encoded}"), 404),
        ("/%2Fetc%2Fpasswd", 404),
        // Links out of the folder, into a folder whose name begins with that of this one, to nothing
        ("/link-out", 404),
        ("/folder-out/secret", 404),
        ("/link-beside", 404),
        ("/link-up", 404),
        ("/link-to-nothing", 404),
        ("/link-to-itself", 404),
        // No files
        ("/", 404),
        ("/sub", 404),
        ("/sub/", 404),
        ("/strong.txt/", 404),
        ("/strong.txt/in.txt", 404),
        ("/pipe", 404),
        ("/missing", 404),
        ("*", 404),
    ];
    for (target, status) in table {
        for method in ["GET", "HEAD"] {
            let answer = Incoming::ask(server.authority(), method, target, &[]);
            assert_eq!(answer.status, status, "{method} {target}");
            let (length, content) = (answer.length(), answer.rest());
            assert_ne!(content, SECRET, "{target}");
            if method == "GET" {
                assert_eq!(content.len() as u64, length, "{target}");
            } else {
                assert!(content.is_empty(), "{target}");
            }
        }
    }
    fs::remove_dir_all(beside).expect("it is there");
}

/// Files are read, and nothing else is done to them (RFC 9110 §15.5.6).
#[test]
fn other_methods_are_not_allowed() {
    let server = Server::start(FILES);
    for method in [
        "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "QUERY",
    ] {
        // Refused before any condition (§13.2.1)
        for lines in [&[][..], &["If-Match: \"another\""]] {
            let answer = Incoming::ask(server.authority(), method, "/strong.txt", lines);
            assert_eq!(answer.status, 405, "{method} {lines:?}");
            assert_eq!(answer.field("allow"), Some("GET, HEAD"), "{method}");
        }
    }
    let content = fs::read(server.folder().path().join("strong.txt"));
    assert_eq!(content.expect("it is there").len(), 1000);
}

/// Two gigabytes, of which no part is ever in memory.
#[test]
fn large_files_take_little_memory() {
    const LENGTH: u64 = 2 << 30;
    const LIMIT: u64 = 16 << 20;
    let server = Server::start(FILES);
    let file = File::create(server.folder().path().join("large")).expect("there is room");
    file.set_len(LENGTH)
        .expect("the file system has sparse files");
    file.write_all_at(b"the end", LENGTH - 7)
        .expect("there is room");
    server.folder().age(&file);

    // The Range, the status, the length of the content, its end.
    let table: [(&str, &str, u16, u64, &str); 5] = [
        ("HEAD", "", 200, LENGTH, ""),
        ("GET", "Range: bytes=-7", 206, 7, "the end"),
        (
            "GET",
            "Range: bytes=1073741824-1140850687",
            206,
            64 << 20,
            "\0",
        ),
        ("GET", "Range: bytes=2130706432-", 206, 16 << 20, "the end"),
        // Three parts of 32 MiB each, besides three heads and an end
        (
            "GET",
            "Range: bytes=0-33554431, 1073741824-1107296255, 2113929216-2147483647",
            206,
            96 << 20,
            "the end\r\n--BOUNDARY--\r\n",
        ),
    ];
    for (method, range, status, length, end) in table {
        let lines = Some(range).filter(|range| !range.is_empty());
        let lines: Vec<&str> = lines.into_iter().collect();
        let mut answer = Incoming::ask(server.authority(), method, "/large", &lines);
        assert_eq!(answer.status, status, "{range}");
        let media_type = answer.field("content-type").unwrap_or_default();
        let boundary = media_type.split_once("boundary=");
        let boundary = boundary.map_or("", |(_, boundary)| boundary).to_owned();
        let announced = answer.length();
        let heads = announced.wrapping_sub(length);
        let expected = if boundary.is_empty() { 0..1 } else { 300..500 };
        assert!(expected.contains(&heads), "{range}: {announced}");
        if method == "HEAD" {
            assert!(answer.rest().is_empty());
            continue;
        }
        let end = end.replace("BOUNDARY", &boundary);
        answer.skip(announced - end.len() as u64);
        assert_eq!(answer.rest(), end.as_bytes(), "{range}");
    }
    // The whole, of which this client reads a part and goes away.
    let mut answer = Incoming::ask(server.authority(), "GET", "/large", &[]);
    assert_eq!((answer.status, answer.length()), (200, LENGTH));
    answer.skip(64 << 20);
    drop(answer);

    match server.peak_memory() {
        Some(peak) => {
            println!("{FILES}: at most {} KiB of memory", peak >> 10);
            assert!(peak < LIMIT, "{peak} octets of memory");
        }
        None => println!("{FILES}: left out: this system does not tell how much memory it took"),
    }
}

/// A file that is far longer than what the system holds between server and client.
const LENGTH: usize = 16 << 20;

/// The octets of a version.
fn version(letter: u8) -> Vec<u8> {
    vec![letter; LENGTH]
}

/// Whoever downloads it gets one version, whole, or sees that it does not, and resumes to the new
/// one.
#[test]
fn a_file_that_changes_while_it_is_sent_is_no_splice() {
    type Change = fn(&Folder, &File);
    // What is done to it, and whether the download under way is whole and old.
    let table: [(&str, Change, bool); 6] = [
        ("nothing", |_, _| {}, true),
        (
            "replaced by a rename",
            |folder, _| folder.put("/file", &version(b'z')),
            true,
        ),
        (
            "truncated",
            |_, file| file.set_len(100).expect("it is open"),
            false,
        ),
        (
            "longer",
            |_, file| file.set_len(LENGTH as u64 + 1).expect("it is open"),
            false,
        ),
        (
            "its last octet changed in place",
            |_, file| {
                let last = LENGTH as u64 - 1;
                file.write_all_at(b"z", last).expect("it is open");
            },
            false,
        ),
        (
            "written anew in place",
            |_, file| file.write_all_at(&version(b'z'), 0).expect("it is open"),
            false,
        ),
    ];
    let server = Server::start(FILES);
    let folder = server.folder();
    let several = format!("Range: bytes=0-8000000, 8000002-{}", LENGTH - 1);
    for range in ["Accept: */*", &several] {
        for (change, make, is_whole) in table {
            folder.put("/file", &version(b'x'));
            let path = folder.path().join("file");
            let opened = OpenOptions::new()
                .write(true)
                .open(&path)
                .expect("it is there");

            let mut download = Incoming::ask(server.authority(), "GET", "/file", &[range]);
            let announced = usize::try_from(download.length()).expect("it is short");
            let tag = download.field("etag").expect("a file has a tag").to_owned();
            assert!(tag.starts_with('"'), "{tag}");
            let mut received = download.read(100_000);
            make(folder, &opened);
            received.extend(download.rest());

            let context = format!("{change}, {range}: {} of {announced}", received.len());
            assert_eq!(received.len() == announced, is_whole, "{context}");
            assert!(received.len() <= announced, "{context}");
            // Nor have the heads of parts this letter.
            assert!(!received.contains(&b'z'), "{context}");

            // Resumed with If-Range it is the new version from the start, or the rest of this one.
            let now = fs::read(&path).expect("it is there");
            let is_new = now != version(b'x');
            let rest = [&*format!("If-Range: {tag}"), "Range: bytes=100-"];
            let resumed = Incoming::ask(server.authority(), "GET", "/file", &rest);
            let status = if is_new { 200 } else { 206 };
            assert_eq!(resumed.status, status, "{context}");
            let first = if is_new { 0 } else { 100 };
            assert!(resumed.rest() == now[first..], "{context}");
        }
    }
}
