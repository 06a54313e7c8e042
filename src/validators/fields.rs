//! Validators from the fields of a response, as it was received or as it is stored.

use super::{Stored, Validators};
use crate::content_range::ContentRange;
use crate::entity_tag::EntityTag;
use crate::grammar;
use crate::http_date::HttpDate;
use crate::single::Single;

impl<'a> Validators<'a> {
    /// Reads `ETag`, Last-Modified, Date, Content-Length and Content-Range from the fields of a
    /// response, and passes over all others; a year of two digits as of
    /// [`HttpDate::NOW_WITHOUT_CLOCK`].
    ///
    /// These are the fields of a response as it was received. For fields that a 304 has updated
    /// there is [`from_stored`](Self::from_stored), or a weak date passes for a strong one. Set the
    /// [status](Self::status) if it is not 200; a Content-Range makes the response
    /// [incomplete](Self::content_range) whatever the status.
    ///
    /// A field that cannot be read, or has lines that are not the same, is not absent, is never
    /// sent, and matches nothing; such a Date counts as absent.
    pub fn from_fields<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
    ) -> Self {
        Self::new().read(fields, HttpDate::NOW_WITHOUT_CLOCK)
    }

    /// Reads the fields as [`from_fields`](Self::from_fields) does, of a response that was
    /// [received](Self::received) at this time. Years of two digits are read as of then.
    pub fn from_fields_at<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
        received: HttpDate,
    ) -> Self {
        Self::new().received(received).read(fields, received)
    }

    /// Reads the fields of a stored response, which a 304 or a HEAD may have updated. `first_date` is the [Date of the response](Self::first_date) that brought the
    /// content, or `None` if that had none.
    ///
    /// The Date in the fields is that of the last 304. It says which response is the most recent
    /// one, and nothing about how long after its modification the content was sent: a date that
    /// was weak stays weak (RFC 9110 §8.8.2.2).
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::Validators;
    ///
    /// let modified = ("Last-Modified", "Sat, 29 Oct 1994 19:43:31 GMT");
    /// let received = Validators::from_fields([modified, ("Date", "Sat, 29 Oct 1994 19:43:31 GMT")]);
    /// let first_date = received.first_date(); // to be stored beside the fields
    ///
    /// let updated = [modified, ("Date", "Sat, 29 Oct 1994 19:45:11 GMT")];
    /// assert!(Validators::from_stored(updated, first_date).guard().is_err());
    /// assert!(Validators::from_fields(updated).guard().is_ok(), "and may overwrite a change");
    /// ```
    pub fn from_stored<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
        first_date: Option<HttpDate>,
    ) -> Self {
        Self {
            first_date,
            ..Self::from_fields(fields)
        }
    }

    /// Reads the fields as [`from_stored`](Self::from_stored) does, of a response that was
    /// [received](Self::received) at this time. Years of two digits are read as of then.
    ///
    /// # Examples
    ///
    /// ```
    /// use http_preconditions::{HttpDate, Validators};
    ///
    /// let received = HttpDate::from_unix(783_459_811)?; // in 1994
    /// let modified = [("Last-Modified", "Wednesday, 31-Dec-80 00:00:00 GMT")];
    /// let stored = Validators::from_stored_at(modified, Some(received), received);
    /// assert!(stored.strong_last_modified().is_some(), "1980");
    /// assert!(Validators::from_stored(modified, None).strong_last_modified().is_none());
    /// # Ok::<(), http_preconditions::OutOfRange>(())
    /// ```
    pub fn from_stored_at<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
        first_date: Option<HttpDate>,
        received: HttpDate,
    ) -> Self {
        Self {
            first_date,
            ..Self::from_fields_at(fields, received)
        }
    }

    fn read<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        self,
        fields: impl IntoIterator<Item = (N, &'a V)>,
        now: HttpDate,
    ) -> Self {
        let (mut etag, mut content_length) = (Single::Absent, Single::Absent);
        let (mut last_modified, mut date) = (Single::Absent, Single::Absent);
        let mut content_range = Single::Absent;
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
        let stored = match content_range {
            Single::Absent => self.stored,
            part => Stored::Part {
                range: part.value().filter(|part| part.range().is_some()),
                holds_range: false,
            },
        };
        Self {
            etag,
            last_modified,
            date: date.value(),
            first_date: date.value(),
            content_length,
            stored,
            ..self
        }
    }
}

/// `Content-Length = 1*DIGIT`, if that is below 2^64 (RFC 9110 §8.6).
pub(crate) fn read_content_length(value: &[u8]) -> Option<u64> {
    grammar::whole(value, |text| {
        grammar::complete(grammar::number_below_2_64(text))
    })
    .ok()
}
