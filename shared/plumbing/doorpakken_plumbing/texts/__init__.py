"""Checks and normalises e-mail addresses, phone numbers, public text and calendar ids."""
