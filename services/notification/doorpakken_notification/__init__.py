"""The notification service: invitations, waves, confirmations and mail delivery."""
