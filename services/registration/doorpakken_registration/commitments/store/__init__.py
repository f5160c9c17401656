"""The collection of commitments and its indexes."""
