"""Parses a page's form as a browser does and fills it in.
Refuses a field or a choice that the page does not offer."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from doorpakken_local.demo.stopped import StoryStopped

Entries = Mapping[str, Sequence[str]]
TICKED = ("checkbox", "radio")
PRESSED = ("submit", "image", "button", "reset")


class NotOffered(StoryStopped):
    """The page has no such form, field or choice."""


@dataclass(frozen=True)
class Box:
    """One checkbox, radio button, option or button."""

    value: str
    label: str
    is_on: bool = False


@dataclass
class Field:
    """All inputs of a form with the same name."""

    typed: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


@dataclass(frozen=True)
class Form:
    """A form that posts, with its fields in the order of the page."""

    action: str
    fields: Mapping[str, Field]

    def boxes(self, name: str) -> list[Box]:
        """Empty when the form has no such field."""
        return self.fields[name].boxes if name in self.fields else []

    def value(self, name: str, label: str) -> str:
        """Of the first choice with this label; raises NotOffered."""
        for box in self.boxes(name):
            if box.label == label:
                return box.value
        raise NotOffered(f"{self.action} offers no {name} called “{label}”")

    def filled(self, entries: Entries) -> list[tuple[str, str]]:
        """What a browser would send; fields not in `entries` keep their values, an empty entry
        clears one. Raises NotOffered."""
        unknown = entries.keys() - self.fields.keys()
        if unknown:
            raise NotOffered(f"{self.action} has no field {sorted(unknown)}: {sorted(self.fields)}")
        return [
            (name, value)
            for name, known in self.fields.items()
            for value in (_entered(name, known, entries[name]) if name in entries else _left(known))
        ]


def find_form(html: str, page_url: str, *, leads_to: str = "", says: str = "") -> Form:
    """The form with the most fields among those that post to an address ending in `leads_to` and
    contain the text `says`. Raises NotOffered."""
    posting = [
        node
        for node in LexborHTMLParser(html).css("form")
        if (node.attributes.get("method") or "get").lower() == "post"
        and (node.attributes.get("action") or "").endswith(leads_to)
        and says in _words(node)
    ]
    if not posting:
        raise NotOffered(f"{page_url} has no form that posts to …{leads_to} and says “{says}”")
    found = max(posting, key=lambda node: len(node.css("input, select, textarea, button")))
    action = urljoin(page_url, found.attributes.get("action") or "")
    return Form(action, _fields(found))


def _fields(form: LexborNode) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    labels = _labels(form)
    for node in form.css("input, textarea, select, button"):
        name = node.attributes.get("name")
        if name and "disabled" not in node.attributes:
            _read(node, fields.setdefault(name, Field()), labels)
    return fields


def _read(node: LexborNode, known: Field, labels: Mapping[str, str]) -> None:
    kind = (node.attributes.get("type") or "").lower()
    value = node.attributes.get("value")
    if node.tag == "select":
        known.boxes += _options(node)
    elif node.tag == "textarea":
        known.typed.append(node.text())
    elif node.tag == "button" or kind in PRESSED:
        known.boxes.append(Box(value or "", _words(node)))
    elif kind in TICKED:
        label = labels.get(node.attributes.get("id") or "") or _around(node)
        is_on = "checked" in node.attributes
        known.boxes.append(Box("on" if value is None else value, label, is_on))
    else:
        known.typed.append(value or "")


def _options(select: LexborNode) -> list[Box]:
    options = [
        Box(
            text if (value := option.attributes.get("value")) is None else value,
            text,
            "selected" in option.attributes,
        )
        for option in select.css("option")
        for text in [_words(option)]
    ]
    is_one = "multiple" not in select.attributes
    if is_one and options and not any(option.is_on for option in options):
        first = options[0]
        options[0] = Box(first.value, first.label, is_on=True)
    return options


def _labels(form: LexborNode) -> dict[str, str]:
    labels = ((label.attributes.get("for"), _words(label)) for label in form.css("label"))
    return {target: words for target, words in labels if target}


def _around(node: LexborNode) -> str:
    outer = node.parent
    while outer is not None and outer.tag != "form":
        if outer.tag == "label":
            return _words(outer)
        outer = outer.parent
    return ""


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _left(known: Field) -> Iterator[str]:
    """What an untouched field sends."""
    yield from known.typed
    yield from (box.value for box in known.boxes if box.is_on)


def _entered(name: str, known: Field, values: Sequence[str]) -> Sequence[str]:
    """What the field sends with these values; raises NotOffered."""
    offered = Counter(box.value for box in known.boxes)
    if known.boxes and set(values) - offered.keys():
        raise NotOffered(f"{name} offers {sorted(offered)}, not {list(values)}")
    if not known.boxes and len(values) > len(known.typed):
        raise NotOffered(f"{name} has room for {len(known.typed)} entries, not {len(values)}")
    if known.boxes:
        return values
    return [*values, *known.typed[len(values) :]]
