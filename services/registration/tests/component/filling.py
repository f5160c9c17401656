"""What a browser would send from the form of a page, in the order of its fields."""

import re

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode


def fields_of(page: httpx.Response, **typed: str) -> dict[str, str]:
    """What pressing the first button would send, once `typed` was filled in."""
    sent: dict[str, str] = {}
    for node in LexborHTMLParser(page.text).css("main form [name]"):
        name = node.attributes["name"] or ""
        text = _text(node) if name not in typed else _typed(node, typed[name])
        if text is not None:
            # A browser sends each end of a line as two signs.
            sent[name] = re.sub("\r?\n", "\r\n", text)
    return sent


def _text(node: LexborNode) -> str | None:
    if node.tag == "textarea":
        return node.text()
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return chosen.attributes.get("value") if chosen else None
    is_sent = node.tag != "button" and (not _is_radio(node) or "checked" in node.attributes)
    return (node.attributes.get("value") or "") if is_sent else None


def _typed(node: LexborNode, text: str) -> str | None:
    return text if not _is_radio(node) or node.attributes.get("value") == text else None


def _is_radio(node: LexborNode) -> bool:
    return node.attributes.get("type") == "radio"
