"""Followers: people who want mail about new gatherings."""
