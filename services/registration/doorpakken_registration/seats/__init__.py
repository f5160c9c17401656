"""Seats in work sessions: invitations and answers, sign-ups, lines, handovers, hosting."""
