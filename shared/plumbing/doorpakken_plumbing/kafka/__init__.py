"""Kafka: reading, writing and administration; only this package imports aiokafka."""
