//! Reads validators from the fields of a response that was received or is stored.

use crate::date::http_date::HttpDate;
use crate::grammar;
use crate::range::content_range::ContentRange;
use crate::stored::single_line::SingleLine;
use crate::stored::validators::{Extent, ResponseValidators};
use crate::tag::entity_tag::EntityTag;

impl<'a> ResponseValidators<'a> {
    /// Parses `ETag`, Last-Modified, Date, Content-Length and Content-Range from the fields of a
    /// response as it was received, and ignores all other fields.
    ///
    /// For the fields of a stored response that a 304 may have updated, use
    /// [`from_stored`](Self::from_stored); otherwise a weak Last-Modified can look strong. Set
    /// the [status](Self::status) if it is not 200. A Content-Range makes the response
    /// [incomplete](Self::content_range) with any status. If the Content-Length is not the length of
    /// its range, the response holds nothing: the content is not the part.
    ///
    /// A malformed field, or a field whose lines have different values, does not count as absent:
    /// it is never sent, and matches nothing. Date is the exception: a malformed Date counts as
    /// absent. A year of two digits is read relative to [`HttpDate::ASSUMED_NOW`].
    pub fn from_fields<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
    ) -> Self {
        Self::new().read(fields, HttpDate::ASSUMED_NOW)
    }

    /// Parses the fields like [`from_fields`](Self::from_fields), and sets the time when the
    /// response was [received](Self::received). A year of two digits is read relative to that
    /// time.
    pub fn from_fields_at<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
        received: HttpDate,
    ) -> Self {
        Self::new().received(received).read(fields, received)
    }

    /// Parses what a cache has stored of a response: its [status](Self::status) code, 100 to 599, its
    /// fields, which a 304 or a HEAD may have updated, and its first Date. ([RFC 9111 §4.3])
    ///
    /// `first_date` is the [Date of the response](Self::first_date) that brought the content, or
    /// `None` if that response had no Date. This date is compared with Last-Modified to decide
    /// whether Last-Modified is strong (RFC 9110 §8.8.2.2). The Date in `fields` may come from
    /// the last 304: it decides which stored response is the most recent, and cannot make a weak
    /// date strong.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::client::ResponseValidators;
    ///
    /// let modified = ("Last-Modified", "Sat, 29 Oct 1994 19:43:31 GMT");
    /// let received = [modified, ("Date", "Sat, 29 Oct 1994 19:43:31 GMT")];
    /// // Store this date beside the fields.
    /// let first_date = ResponseValidators::from_fields(received).first_date();
    ///
    /// let updated = [modified, ("Date", "Sat, 29 Oct 1994 19:45:11 GMT")];
    /// assert!(ResponseValidators::from_stored(200, updated, first_date).guard().is_err());
    /// // Wrong: this may overwrite a change.
    /// assert!(ResponseValidators::from_fields(updated).guard().is_ok());
    /// ```
    ///
    /// [RFC 9111 §4.3]: https://www.rfc-editor.org/rfc/rfc9111#section-4.3
    pub fn from_stored<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        status: u16,
        fields: impl IntoIterator<Item = (N, &'a V)>,
        first_date: Option<HttpDate>,
    ) -> Self {
        Self {
            first_date,
            status,
            ..Self::from_fields(fields)
        }
    }

    /// Parses the fields like [`from_stored`](Self::from_stored), and sets the time when the
    /// response was [received](Self::received). A year of two digits is read relative to that
    /// time.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{HttpDate, client::ResponseValidators};
    ///
    /// let received = HttpDate::from_unix(783_459_811)?; // in 1994
    /// let modified = [("Last-Modified", "Wednesday, 31-Dec-80 00:00:00 GMT")];
    /// let stored = ResponseValidators::from_stored_at(200, modified, Some(received), received);
    /// assert!(stored.strong_last_modified().is_some(), "80 is 1980");
    /// assert!(ResponseValidators::from_stored(200, modified, None).strong_last_modified().is_none());
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    pub fn from_stored_at<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        status: u16,
        fields: impl IntoIterator<Item = (N, &'a V)>,
        first_date: Option<HttpDate>,
        received: HttpDate,
    ) -> Self {
        Self {
            first_date,
            status,
            ..Self::from_fields_at(fields, received)
        }
    }

    /// Reads the fields into this set of validators. Years of two digits are relative to `now`.
    fn read<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        self,
        fields: impl IntoIterator<Item = (N, &'a V)>,
        now: HttpDate,
    ) -> Self {
        let (mut etag, mut content_length) = (SingleLine::Absent, SingleLine::Absent);
        let (mut last_modified, mut date) = (SingleLine::Absent, SingleLine::Absent);
        let mut content_range = SingleLine::Absent;
        for (name, value) in fields {
            let (name, value) = (name.as_ref(), value.as_ref());
            let is = |known: &str| name.eq_ignore_ascii_case(known.as_bytes());
            if is("ETag") {
                etag.line(EntityTag::parse(value).ok());
            } else if is("Last-Modified") {
                last_modified.line(HttpDate::parse_at(value, now).ok());
            } else if is("Date") {
                date.line(HttpDate::parse_at(value, now).ok());
            } else if is("Content-Length") {
                content_length.line(read_content_length(value));
            } else if is("Content-Range") {
                content_range.line(ContentRange::parse(value).ok());
            }
        }
        // RFC 9110 §8.6, our decision: content of another length is not the part that
        // Content-Range describes. Some intermediaries code a part and leave Content-Range.
        let is_described = |part: &ContentRange| match (part.range(), content_length) {
            (None, _) | (_, SingleLine::Malformed) => false,
            (Some(_), SingleLine::Absent) => true,
            (Some(range), SingleLine::Value(length)) => range.length() == length,
        };
        let extent = match content_range {
            SingleLine::Absent => self.extent,
            part => Extent::Part {
                range: part.value().filter(is_described),
                holds_range: false,
            },
        };
        Self {
            etag,
            last_modified,
            date: date.value(),
            first_date: date.value(),
            content_length,
            extent,
            ..self
        }
    }
}

/// Parses a Content-Length. Returns `None` if it is malformed, or 2^64 or more. (RFC 9110 §8.6)
///
/// ```abnf
/// Content-Length = 1*DIGIT
/// ```
pub(crate) fn read_content_length(value: &[u8]) -> Option<u64> {
    grammar::whole(value, |text| {
        grammar::complete(grammar::number_below_2_64(text))
    })
    .ok()
}
