"""Addresses, phone numbers and public text, as people type them."""
