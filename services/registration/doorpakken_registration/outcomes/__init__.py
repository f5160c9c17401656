"""What came of a work session: who was there, what was agreed, or why nothing was."""
