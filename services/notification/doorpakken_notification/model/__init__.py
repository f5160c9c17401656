"""The objects of contact and their rules; pure, time is an argument."""
