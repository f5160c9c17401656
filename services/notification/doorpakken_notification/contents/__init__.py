"""What each kind of mail says, from the facts of this moment: names, sessions, days, links."""
