"""State and events that commit together, and reach every hearer once and in order."""
