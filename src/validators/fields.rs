//! Validators from the fields of a response, as it was received or as it is stored.

use super::Validators;
use crate::entity_tag::EntityTag;
use crate::grammar;
use crate::http_date::HttpDate;
use crate::single::Single;

impl<'a> Validators<'a> {
    /// Reads `ETag`, Last-Modified, Date and Content-Length from the fields of a response, and
    /// passes over all others; a year of two digits as of [`HttpDate::NOW_WITHOUT_CLOCK`].
    ///
    /// Of a response as it was received: what a 304 has updated is for
    /// [`from_stored`](Self::from_stored), or a weak date passes for a strong one. A 206 has to be
    /// said to be [incomplete](Self::incomplete).
    ///
    /// What cannot be read, or has several lines, is not absent, is never sent, and matches
    /// nothing; such a Date counts as absent.
    pub fn from_fields<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
    ) -> Self {
        Self::new().read(fields, HttpDate::NOW_WITHOUT_CLOCK)
    }

    /// Reads the same from a response that was [received](Self::received) at this time, as of which
    /// years of two digits are read.
    pub fn from_fields_at<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        fields: impl IntoIterator<Item = (N, &'a V)>,
        received: HttpDate,
    ) -> Self {
        Self::new().received(received).read(fields, received)
    }

    /// Reads the same from the fields of a stored response, which a 304 or a HEAD may have
    /// updated. `first_date` is the [Date of the response](Self::first_date) that brought the
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

    fn read<N: AsRef<[u8]>, V: AsRef<[u8]> + ?Sized + 'a>(
        self,
        fields: impl IntoIterator<Item = (N, &'a V)>,
        now: HttpDate,
    ) -> Self {
        let (mut etag, mut content_length) = (Single::Absent, Single::Absent);
        let (mut last_modified, mut date) = (Single::Absent, Single::Absent);
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
                content_length.line(
                    grammar::whole(value, |text| {
                        grammar::complete(grammar::number_below_2_64(text))
                    })
                    .ok(),
                );
            }
        }
        Self {
            etag,
            last_modified,
            date: date.value(),
            first_date: date.value(),
            content_length,
            ..self
        }
    }
}
