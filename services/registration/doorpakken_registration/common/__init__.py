"""Names, dates, amounts and storage helpers, shared by all subjects of registration."""
