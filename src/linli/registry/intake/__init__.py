"""Taking a ledger in: particulars of each row, who is who, what changes, and the journal that takes it back."""
