"""What WeasyPrint leaves to be done for PDF/UA: page numbers, marked as text that stands nowhere in the structure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pydyf


def finish(_: object, file: pydyf.PDF) -> None:
    """Make what is on the pages and in no part of the structure an artifact (ISO 14289-1, 7.1)."""
    objects = {each.reference: each for each in file.objects}
    root = objects[file.catalog["StructTreeRoot"]]
    told = set(_elements(root, objects))
    numbers = objects[root["ParentTree"]]["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in (each for each in file.objects if _is(each, "/Page")):
        owned = owners[page["StructParents"]]
        loose = {number for number, owner in enumerate(owned) if owner not in told}
        _unmark(objects[page["Contents"]].stream, loose)
        owned[:] = ["null" if number in loose else owner for number, owner in enumerate(owned)]


def _elements(above: Any, objects: dict[Any, Any]) -> Iterator[Any]:  # noqa: ANN401 - pydyf has no types
    """References of all elements under one."""
    for child in above["K"]:
        if _is(objects.get(child), "/StructElem"):
            yield child
            yield from _elements(objects[child], objects)


def _is(each: Any, kind: str) -> bool:  # noqa: ANN401 - as above
    return isinstance(each, dict) and each.get("Type") == kind


def _unmark(operators: list[Any], loose: set[int]) -> None:
    """Marked stretches with these numbers become artifacts, where they stand."""
    for at, operator in enumerate(operators):
        if operator == b"BDC" and operators[at - 1]["MCID"] in loose:
            operators[at - 2 : at + 1] = ["/Artifact", b"", b"BMC"]
