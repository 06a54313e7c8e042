//! Live and dead properties.

use std::fs;

use crate::server::Server;

fn find(server: &Server, path: &str, body: &str) -> String {
    let response = server.send("PROPFIND", path, &[("Depth", "0")], Some(body));
    assert_eq!(response.status, 207, "{response:?}");
    String::from_utf8(response.content).unwrap()
}

fn patch(server: &Server, path: &str, instructions: &str) -> String {
    let body =
        format!(r#"<propertyupdate xmlns="DAV:" xmlns:x="u:x">{instructions}</propertyupdate>"#);
    let response = server.send("PROPPATCH", path, &[], Some(&body));
    assert_eq!(response.status, 207, "{response:?}");
    String::from_utf8(response.content).unwrap()
}

#[test]
fn live_properties_are_those_of_get() {
    let server = Server::start();
    fs::write(server.inside("a b.txt"), "12345").unwrap();
    let found = find(&server, "/a%20b.txt", "");
    let head = server.send("HEAD", "/a%20b.txt", &[], None);
    let value = |name| head.field(name).unwrap().replace('"', "&quot;");
    for expected in [
        "<D:href>/a%20b.txt</D:href>".to_owned(),
        format!("<D:getetag>{}</D:getetag>", value("etag")),
        format!(
            "<D:getlastmodified>{}</D:getlastmodified>",
            value("last-modified")
        ),
        "<D:getcontentlength>5</D:getcontentlength>".to_owned(),
        "<D:getcontenttype>text/plain</D:getcontenttype>".to_owned(),
        "<D:resourcetype></D:resourcetype>".to_owned(),
        "<D:lockdiscovery></D:lockdiscovery>".to_owned(),
        "<D:lockentry><D:lockscope><D:exclusive/></D:lockscope>".to_owned(),
    ] {
        assert!(found.contains(&expected), "no {expected} in {found}");
    }
    let found = find(&server, "/", "");
    assert!(
        found.contains("<D:resourcetype><D:collection/></D:resourcetype>"),
        "{found}"
    );
    assert!(!found.contains("getetag"), "{found}");
}

#[test]
fn a_propfind_gets_what_it_asks_for() {
    let server = Server::start();
    fs::create_dir(server.inside("a")).unwrap();
    fs::write(server.inside("a/file"), "").unwrap();
    fs::write(server.inside("a/<&>"), "").unwrap();
    let status = |depth: &[(&str, &str)]| server.status("PROPFIND", "/", depth, None);
    // Depth infinity, which is the default, is refused.
    for (depth, expected) in [("0", 207), ("1", 207), ("infinity", 403), ("2", 400)] {
        assert_eq!(status(&[("Depth", depth)]), expected, "{depth}");
    }
    let response = server.send("PROPFIND", "/", &[], None);
    let content = String::from_utf8_lossy(&response.content);
    assert!(content.contains("<D:propfind-finite-depth"), "{content}");

    let members = server.send("PROPFIND", "/a", &[("Depth", "1")], None);
    let members = String::from_utf8(members.content).unwrap();
    for href in ["/a/", "/a/file", "/a/%3C%26%3E"] {
        assert!(
            members.contains(&format!("<D:href>{href}</D:href>")),
            "{href}: {members}"
        );
    }
    let body = r#"<propfind xmlns="DAV:"><prop><resourcetype/><x xmlns="u:x"/></prop></propfind>"#;
    let found = find(&server, "/a/file", body);
    let expected =
        r#"<D:prop><x xmlns="u:x"></x></D:prop><D:status>HTTP/1.1 404 Not Found</D:status>"#;
    assert!(found.contains(expected), "{found}");
    let body = r#"<propfind xmlns="DAV:"><propname/></propfind>"#;
    let found = find(&server, "/a/file", body);
    assert!(found.contains("<D:getetag></D:getetag>"), "{found}");
}

#[test]
fn dead_properties_are_kept_with_their_resource() {
    let server = Server::start();
    fs::create_dir(server.inside("a")).unwrap();
    fs::write(server.inside("a/file"), "1").unwrap();
    let ask = r#"<propfind xmlns="DAV:"><prop><v xmlns="u:x"/></prop></propfind>"#;
    let has = |path: &str| find(&server, path, ask).contains("<x:v xmlns");
    let set = "<set><prop><x:v x:a='1'>&lt;<x:w/></x:v></prop></set>";
    let done = patch(&server, "/a/file", set);
    assert!(done.contains("HTTP/1.1 200 OK"), "{done}");
    let found = find(&server, "/a/file", ask);
    assert!(found.contains(r#"x:a="1">&lt;<x:w/></x:v>"#), "{found}");
    // A property is no part of the content.
    let etag = server.etag("/a/file");
    patch(&server, "/a/file", "<set><prop><x:w>2</x:w></prop></set>");
    assert_eq!(server.etag("/a/file"), etag);

    // All instructions are carried out, or none.
    let refused = patch(
        &server,
        "/a/file",
        "<remove><prop><x:v/></prop></remove><set><prop><getetag>1</getetag></prop></set>",
    );
    for expected in [
        "403 Forbidden",
        "<D:cannot-modify-protected-property/>",
        "424 Failed",
    ] {
        assert!(refused.contains(expected), "{expected}: {refused}");
    }
    assert!(has("/a/file"), "another one was protected");
    // In order: the second instruction undoes the first.
    patch(
        &server,
        "/a/file",
        &format!("<remove><prop><x:v/></prop></remove>{set}"),
    );
    assert!(has("/a/file"));

    for (method, path, destination) in [
        ("COPY", "/a/", "/b/"),
        ("COPY", "/b/file", "/a/copied"),
        ("MOVE", "/b/", "/c/"),
    ] {
        let response = server.send(method, path, &[("Destination", destination)], None);
        assert_eq!(response.status, 201, "{method} {path}");
    }
    for path in ["/a/file", "/a/copied", "/c/file"] {
        assert!(has(path), "{path}");
    }
    // They go with the resource, and are not those of the next one.
    for method in ["DELETE", "PUT"] {
        let content = (method == "PUT").then_some("2");
        assert!(server.status(method, "/c/file", &[], content) < 300);
    }
    assert!(!has("/c/file"));
    patch(&server, "/a/file", "<remove><prop><x:v/></prop></remove>");
    assert!(!has("/a/file"));
}
