
impl Record {
    /// What is wrong with the evidence: spans that do not slice their report, and byte and code-point
    /// offsets that do not agree. Empty in a sound record.
    pub fn evidence_faults(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.connection.prepare(
            "SELECT e.row, e.role, e.start_byte, e.end_byte, e.start_char, e.end_char, r.text
             FROM evidence e JOIN report r ON r.key = e.report",
        )?;
        let mut rows = query.query([])?;
        let mut faults = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, role): (String, String) = (row.get(0)?, row.get(1)?);
            let bytes: (usize, usize) = (row.get(2)?, row.get(3)?);
            let chars: (usize, usize) = (row.get(4)?, row.get(5)?);
            let text = row.get_ref(6)?.as_str().unwrap_or_default();
            let slice = text.get(bytes.0..bytes.1);
            let agrees = slice.is_some_and(|slice| {
                text[..bytes.0].chars().count() == chars.0
                    && slice.chars().count() == chars.1 - chars.0
            });
            if !agrees {
                faults.push(format!("{id} {role} {bytes:?} {chars:?}"));
            }
        }
        Ok(faults)
    }
}
