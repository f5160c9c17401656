"""What every service stands on: transactions, outbox, relay, inbox, consumer, timers, live."""
