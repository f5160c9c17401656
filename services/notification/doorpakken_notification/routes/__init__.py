"""HTTP routes of notification: waves and outbox for staff, and one click to unsubscribe."""
