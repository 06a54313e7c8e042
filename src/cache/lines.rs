//! Field lines that are read several times.

/// An iterator over field lines that can be cloned, even if that of `F` cannot: a clone begins
/// again and skips the lines that were taken. The iterator of `http::HeaderMap` is such a one.
pub(crate) struct Lines<F: IntoIterator> {
    fields: F,
    rest: F::IntoIter,
    taken: usize,
}

impl<F: IntoIterator + Clone> Lines<F> {
    pub(crate) fn new(fields: F) -> Self {
        Self {
            rest: fields.clone().into_iter(),
            fields,
            taken: 0,
        }
    }
}

impl<F: IntoIterator + Clone> Clone for Lines<F> {
    fn clone(&self) -> Self {
        let mut lines = Self::new(self.fields.clone());
        if let Some(last) = self.taken.checked_sub(1) {
            lines.rest.nth(last);
        }
        lines.taken = self.taken;
        lines
    }
}

impl<F: IntoIterator> Iterator for Lines<F> {
    type Item = F::Item;

    fn next(&mut self) -> Option<F::Item> {
        let line = self.rest.next()?;
        self.taken = self.taken.saturating_add(1);
        Some(line)
    }
}
