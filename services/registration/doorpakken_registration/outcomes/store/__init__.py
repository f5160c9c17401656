"""The collection of outcomes and its indexes."""
