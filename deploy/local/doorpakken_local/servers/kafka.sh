#!/bin/bash
# Kafka in a container of Apache's image; its first start makes the users that it needs itself.
set -eu

export LOG_DIR=/tmp KAFKA_LOG4J_OPTS=-Dlog4j2.configurationFile=/doorpakken/log4j2.yaml
# Without -loggc, which would fill a file.
export EXTRA_ARGS="-name kafkaServer"

cd /opt/kafka/bin
# Anybody may read a command line, so the users stand in a file; what it prints are the users.
(
  umask 077
  printf '"%s"\n' kafka.tools.StorageTool format --ignore-formatted -t "${CLUSTER_ID}" \
    -c /doorpakken/server.properties \
    -S "${ADMIN_SCRAM//\"/\\\"}" -S "${BROKER_SCRAM//\"/\\\"}" > /tmp/format.args
)
./kafka-run-class.sh @/tmp/format.args > /dev/null
rm /tmp/format.args
exec ./kafka-server-start.sh /doorpakken/server.properties
