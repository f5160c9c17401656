#!/bin/bash
# Kafka in a container of Apache's image; its first start makes the users that it needs itself.
set -eu

export LOG_DIR=/tmp KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=/doorpakken/log4j2.yaml
# Without -loggc, which would fill a file.
export EXTRA_ARGS="-name kafkaServer"

cd /opt/kafka/bin
# What it prints are the users.
./kafka-storage.sh format --ignore-formatted -t "$CLUSTER_ID" -c /doorpakken/server.properties \
  -S "$ADMIN_SCRAM" -S "$BROKER_SCRAM" > /dev/null
exec ./kafka-server-start.sh /doorpakken/server.properties
