"""The committed story, as typed data."""
