"""The parts and rules of a plan. Pure: the current time is an argument."""
