//! The proxy between a client and an origin, over sockets: what the origin must see, and what the
//! client must get.

mod message;
mod origin;
mod proxy;
mod rows;

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::thread;

use crate::message::Message;
use crate::origin::Origin;
use crate::proxy::Proxy;
use crate::rows::Exchange;

#[test]
fn every_row_is_met() {
    let origin = Origin::start();
    let proxy = Proxy::start(&origin.url, Stdio::null());
    let mut failures = Vec::new();
    let rows = rows::rows();
    assert!(rows.len() > 90, "{} rows", rows.len());
    for row in rows {
        for (step, exchange) in row.exchanges.into_iter().enumerate() {
            let client = played(&exchange, &origin, &proxy);
            let place = format!("{}, {}. {}", row.name, step + 1, exchange.asks);
            let complaints = origin.complaints().into_iter().chain(client);
            failures.extend(complaints.map(|complaint| format!("{place}: {complaint}")));
        }
    }
    assert!(failures.is_empty(), "\n{}\n", failures.join("\n"));
}

/// Returns what the clients got that was not as expected.
fn played(exchange: &Exchange, origin: &Origin, proxy: &Proxy) -> Vec<String> {
    origin.expect(exchange.origin.clone());
    let asks = || {
        let response = proxy.exchange(&Message::parse(&exchange.asks));
        let difference = response.differs(&exchange.gets);
        let client = |difference| format!("{} got {response:?}: {difference}", exchange.asks);
        difference.map(client).into_iter().collect()
    };
    if exchange.meanwhile.is_empty() {
        return asks();
    }
    thread::scope(|scope| {
        let asked = scope.spawn(asks);
        let hold = origin.held();
        let mut complaints: Vec<_> = exchange
            .meanwhile
            .iter()
            .flat_map(|inner| played(inner, origin, proxy))
            .collect();
        complaints.extend(
            hold.is_none()
                .then(|| "the origin holds nothing".to_owned()),
        );
        drop(hold);
        complaints.extend(asked.join().expect("no panic"));
        complaints
    })
}

#[test]
fn every_decision_is_logged() {
    let origin = Origin::start();
    let mut proxy = Proxy::start(&origin.url, Stdio::piped());
    let lines = BufReader::new(proxy.log()).lines();
    let answer = "200 | Cache-Control: max-age=600 || 0123456789";
    origin.expect(vec![("GET /a".to_owned(), answer.to_owned())]);
    for request in ["GET /a", "GET /a", "GET /b | Cache-Control: only-if-cached"] {
        proxy.exchange(&Message::parse(request));
    }
    let lines: Vec<_> = lines.take(3).map_while(Result::ok).collect();
    let expected = [
        "GET /a: from the origin, 200, 10 octets from the origin",
        "GET /a: fresh, 200, 0 octets from the origin",
        "GET /b: not stored, 504, 0 octets from the origin",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_large_content_is_not_stored() {
    let origin = Origin::start();
    let proxy = Proxy::start(&origin.url, Stdio::null());
    for (path, length, is_stored) in [("/most", 16 << 20, true), ("/more", (16 << 20) + 1, false)] {
        let request = format!("GET {path}");
        let content = "a".repeat(length);
        let answer = format!("200 | Cache-Control: max-age=600 || {content}");
        let sends = || vec![(request.clone(), answer.clone())];
        origin.expect(sends());
        let first = proxy.exchange(&Message::parse(&request));
        assert_eq!(first.content.len(), length, "{path}");
        origin.expect(sends());
        let second = proxy.exchange(&Message::parse(&request));
        assert!(second.content == content.as_bytes(), "{path}");
        assert_eq!(origin.complaints().len(), usize::from(is_stored), "{path}");
    }
}
