"""The import contract for the floors inside a service: layers in which `(*)` stands for every
module that no other layer names, so that a service gains a noun without touching the contract."""

from collections.abc import Sequence
from typing import cast

from grimp import ImportGraph
from importlinter import ContractCheck
from importlinter.contracts.layers import Layer, LayersContract, ModuleTail

ANY_OTHER = ModuleTail("*", is_optional=True)


class FloorsContract(LayersContract):
    """Layers whose `(*)` is filled in from the modules found under the containers."""

    type_name = "floors"

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        layers = cast(Sequence[Layer], self.layers)
        named = {tail.name for layer in layers for tail in layer.module_tails}
        others = {ModuleTail(name, is_optional=True) for name in self._children(graph) - named}
        work = Layer(others, is_independent=False)
        filled = [work if ANY_OTHER in layer.module_tails else layer for layer in layers]
        setattr(self, "layers", filled)  # noqa: B010 - a field is declared, then holds its value
        return super().check(graph, verbose)

    def _children(self, graph: ImportGraph) -> set[str]:
        containers: Sequence[str] = self.contract_options["containers"]
        return {
            child.removeprefix(f"{container}.")
            for container in containers
            for child in graph.find_children(container)
        }
