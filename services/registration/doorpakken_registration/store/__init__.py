"""Every MongoDB query and index of registration."""
