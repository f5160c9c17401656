"""The HTTP layer: middleware, error answers, idempotency, live pages and the API description."""
