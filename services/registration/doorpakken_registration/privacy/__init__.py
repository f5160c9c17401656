"""Erasing a person, and showing and handing over all that is known of them."""
