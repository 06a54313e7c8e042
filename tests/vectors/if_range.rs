//! `IfRange`: an entity tag or a date, told apart by the first three octets.

use http_preconditions::{HttpDate, IfRange};
use support::vectors::{kind, rows};

#[test]
fn values_are_read_or_refused_where_the_file_says() {
    // 2026-06-15T12:00:00Z, as of which the file is read.
    let now = HttpDate::from_unix(1_781_524_800).unwrap();
    for row in rows("if_range.tsv") {
        match (row.text(1), IfRange::parse_at(row.octets(0), now)) {
            ("strong" | "weak", Ok(IfRange::EntityTag(tag))) => {
                assert_eq!(
                    (tag.is_weak(), tag.opaque()),
                    (row.text(1) == "weak", row.octets(2)),
                    "{row}"
                );
            }
            ("date", Ok(IfRange::HttpDate(date))) => {
                assert_eq!(date.to_unix(), row.number::<i64>(2), "{row}");
            }
            ("err", Err(error)) => {
                assert_eq!(
                    (kind(error).as_str(), error.offset()),
                    (row.text(2), row.number(3)),
                    "{row}"
                );
            }
            (_, read) => panic!("{read:?}: {row}"),
        }
    }
}

#[test]
fn years_of_two_digits_are_read_as_of_now() {
    for row in rows("years.tsv") {
        let now = HttpDate::from_unix(row.number(0)).unwrap();
        let date = HttpDate::from_unix(row.number(2)).unwrap();
        assert_eq!(
            IfRange::parse_at(row.octets(1), now),
            Ok(IfRange::HttpDate(date)),
            "{row}"
        );
    }
}
