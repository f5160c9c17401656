"""What every request meets, how refusals are told, and what the API says of itself."""
