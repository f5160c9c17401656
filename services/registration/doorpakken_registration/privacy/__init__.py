"""Erasing a person, and showing and exporting all data about them."""
