"""What a plan is made of and the rules it keeps: pure, the time is an argument."""
