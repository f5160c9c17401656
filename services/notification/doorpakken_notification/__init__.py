"""Contact: invitations, waves, confirmations, delivery."""
