"""How well a colour is read: contrast as WCAG 2 counts it, and a lighter one for dark pages."""

import re

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_DARK_PAPER = (0x1D, 0x25, 0x23)
_READ_WELL = 7.0
_STEP = 0.05

Rgb = tuple[int, int, int]


def rgb_of(colour: str) -> Rgb:
    """Of `#rrggbb`; raises ValueError."""
    if not _HEX.fullmatch(colour):
        raise ValueError("must be written as #rrggbb")
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on_dark(colour: str) -> str:
    """Mixed with white until it stands out from the dark pages."""
    given = rgb_of(colour)
    share, mixed = 0.0, given
    while contrast(mixed, _DARK_PAPER) < _READ_WELL and share < 1:
        share += _STEP
        red, green, blue = (round(part + (255 - part) * min(share, 1)) for part in given)
        mixed = red, green, blue
    return "#" + bytes(mixed).hex()


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
