"""Each import contract is shown at work: one wrong import in the graph of all packages breaks
it."""

from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise

import pytest
from grimp import ImportGraph, build_graph
from importlinter import Contract
from importlinter.application.use_cases import read_user_options
from importlinter.configuration import configure
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.independence import IndependenceContract
from importlinter.contracts.layers import LayersContract
from importlinter.contracts.protected import ProtectedContract

from tests.workspace.floors import FloorsContract
from tests.workspace.members import ROOT

configure()
OPTIONS = read_user_options(str(ROOT / "pyproject.toml"))
CONTRACTS = {each["id"]: each for each in OPTIONS.contracts_options}
TYPES: dict[str, type[Contract]] = {
    "floors": FloorsContract,
    "forbidden": ForbiddenContract,
    "independence": IndependenceContract,
    "layers": LayersContract,
    "protected": ProtectedContract,
}
SLICES = CONTRACTS["registration-slices"]["layers"]

# contract, the module that trespasses (`new_noun` is in no layer's list), what it imports
TRESPASSES = [
    ("shared-floors", "doorpakken_events.new_noun", "doorpakken_plumbing"),
    ("shared-floors", "doorpakken_plumbing.new_noun", "doorpakken_pages"),
    ("shared-floors", "doorpakken_pages.new_noun", "doorpakken_reporting"),
    (
        "plumbing-without-domain",
        "doorpakken_plumbing.new_noun",
        "doorpakken_events.registration.people",
    ),
    ("services-independent", "doorpakken_matching.new_noun", "doorpakken_reporting"),
    ("service-floors", "doorpakken_matching.new_noun", "doorpakken_matching.main"),
    ("service-floors", "doorpakken_matching.new_noun", "doorpakken_matching.handlers"),
    (
        "service-floors",
        "doorpakken_registration.seats.new_noun",
        "doorpakken_registration.seats.routes",
    ),
    (
        "service-floors",
        "doorpakken_registration.seats.store",
        "doorpakken_registration.seats.new_noun",
    ),
    ("service-floors", "doorpakken_notification.routes", "doorpakken_notification.handlers"),
    (
        "service-floors",
        "doorpakken_registration.pitches.model",
        "doorpakken_registration.pitches.new_noun",
    ),
    ("model-pure", "doorpakken_registration.seats.model", "doorpakken_plumbing.time.clock"),
    ("model-pure", "doorpakken_matching.model", "time"),
    ("motor-in-one-file", "doorpakken_registration.seats.store", "motor.motor_asyncio"),
    ("motor-in-one-file", "doorpakken_plumbing.new_noun", "motor"),
    ("aiokafka-in-plumbing", "doorpakken_local.new_noun", "aiokafka"),
    ("local-on-top", "doorpakken_plumbing.new_noun", "doorpakken_local"),
    ("local-on-top", "doorpakken_reporting.new_noun", "doorpakken_local"),
    # No slice may know the one above it.
    *(
        (
            "registration-slices",
            f"doorpakken_registration.{lower}",
            f"doorpakken_registration.{upper}.new_noun",
        )
        for upper, lower in pairwise(SLICES[3:])
    ),
]


@pytest.fixture(scope="module")
def graph() -> ImportGraph:
    """Who imports whom, of all packages as they are."""
    return build_graph(
        *OPTIONS.session_options["root_packages"], include_external_packages=True, cache_dir=None
    )


def broken(graph: ImportGraph) -> Iterator[str]:
    """The contracts that do not hold."""
    for name, settings in CONTRACTS.items():
        contract = TYPES[settings["type"]](settings["name"], OPTIONS.session_options, settings)
        if not contract.check(deepcopy(graph), verbose=False).kept:
            yield name


def test_every_contract_has_a_trespass() -> None:
    assert {contract for contract, _, _ in TRESPASSES} == CONTRACTS.keys()


def test_the_packages_as_they_are_keep_every_contract(graph: ImportGraph) -> None:
    assert list(broken(graph)) == []


@pytest.mark.parametrize(("contract", "importer", "imported"), TRESPASSES)
def test_a_wrong_import_breaks_its_contract_and_no_other(
    graph: ImportGraph, contract: str, importer: str, imported: str
) -> None:
    trespassing = deepcopy(graph)
    trespassing.add_import(
        importer=_placed(trespassing, importer), imported=_placed(trespassing, imported)
    )
    assert list(broken(trespassing)) == [contract]


def _placed(graph: ImportGraph, module: str) -> str:
    """The module, put there where it does not exist; of others the graph knows top packages."""
    is_ours = module.startswith("doorpakken_")
    name = module if is_ours else module.partition(".")[0]
    if name not in graph.modules:
        graph.add_module(name, is_squashed=not is_ours)
    return name
