"""What a browser would send from the form of a page, in the order of its fields."""

import re

import httpx
from doorpakken_local.demo.visiting.forms import find_form


def fields_of(page: httpx.Response, **typed: str) -> dict[str, str]:
    """What sending the page's form would send, once `typed` was filled in."""
    form = find_form(page.text, str(page.url))
    pairs = form.filled({name: [text] for name, text in typed.items()})
    # A browser sends each end of a line as two signs.
    return {name: re.sub("\r?\n", "\r\n", text) for name, text in pairs}
