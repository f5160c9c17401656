#!/bin/bash
# MongoDB in a container of its own image, which makes root at the first start.
set -eu

# mongod takes its key from a file that nobody else may read.
umask 077
printf '%s' "$REPLICA_KEY" > /tmp/replica-key
unset REPLICA_KEY
exec docker-entrypoint.sh mongod --config /doorpakken/mongod.conf --bind_ip_all \
  --port "${PORT:-27017}" --keyFile /tmp/replica-key
