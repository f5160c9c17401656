"""Messaging: state and events commit together; consumers apply each event once and in order."""
