"""Domain objects of notification and their rules; pure, time is an argument."""
