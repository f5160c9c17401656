"""Reads, writes and administers Kafka; aiokafka is imported here alone."""
