"""Prints as JSON what a system makes of the catalogue that it finds, for the service named last.
Run as a program: `new_service.py DATA_FOLDER`."""

import json
import os
import sys
from pathlib import Path

from doorpakken_events.catalogue import CATALOGUE, SERVICES
from doorpakken_events.erasure import ErasureConfirmed
from doorpakken_local import credentials
from doorpakken_local.folder import DataFolder
from doorpakken_local.infrastructure import Access
from doorpakken_local.ports import Ports
from doorpakken_local.services import Surroundings, instances
from doorpakken_plumbing.kafka.admin import rights_of
from doorpakken_plumbing.kafka.records import Login
from doorpakken_plumbing.settings import ServiceSettings


def show(folder: DataFolder) -> None:
    made, ports = credentials.find_or_make(folder), Ports()
    access = Access(Login("", "", ""), "mongodb://root@x/", "", None, made)
    known = instances(ports, {})
    name = SERVICES[-1]
    os.environ |= Surroundings(folder, ports, made, access, {}).env(known[-1])
    settings = ServiceSettings(service=name)
    answer = {"erasure_answer_id": "a", "service": name, "person_id": "p", "confirmed_at": 0}
    found = {
        "services": SERVICES,
        "topics": sorted(topic.name for topic in CATALOGUE.values() if name in topic.emitters),
        "rights": sorted(f"{one.operation} {one.name}" for one in rights_of(name)),
        "ports": {one.service: one.port for one in known},
        "servers": [ports.mailbox, ports.smtp, ports.kafka, ports.kafka_controller, ports.mongod],
        "answers_for": ErasureConfirmed.model_validate(answer).service,
        "public_url": settings.public_url,
        "public_urls": settings.public_urls,
        "database": settings.mongodb_database,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    show(DataFolder(Path(sys.argv[1])))
