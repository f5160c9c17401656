"""The base of every service: transactions, outbox, relay, inbox, consumer, timers, live pages."""
