"""The colours of the design system: every pair that meets on the screen is far enough apart, in each theme (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "src" / "kring" / "web" / "static" / "kring"
TOKENS = (STATIC / "tokens.css").read_text(encoding="utf-8")
DARK = ':root[data-theme="dark"]'
MORE = ':root[data-contrast="high"]'
THEMES: Mapping[str, tuple[str, ...]] = {
    "light": (":root",),
    "dark": (":root", DARK),
    "light, more contrast": (":root", MORE),
    "dark, more contrast": (":root", DARK, MORE),
}
TEXT = 4.5
SHAPE = 3.0


def block(selector: str, css: str = TOKENS) -> dict[str, str]:
    """The custom properties of the first rule with this selector."""
    found = re.search(rf"(?m)^ *{re.escape(selector)} {{\n(?P<body>[^}}]*)}}", css)
    assert found is not None, f"no rule for {selector}"
    return dict(re.findall(r"--kring-([a-z0-9-]+): ([^;]+);", found["body"]))


def theme(name: str) -> dict[str, str]:
    return {key: value for selector in THEMES[name] for key, value in block(selector).items()}


def luminance(tokens: Mapping[str, str], token: str) -> float:
    """Relative luminance as WCAG 2.2 defines it; `var()` is followed."""
    value = tokens[token]
    if value.startswith("var("):
        return luminance(tokens, value.removeprefix("var(--kring-").removesuffix(")"))
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(tokens: Mapping[str, str], one: str, other: str) -> float:
    low, high = sorted((luminance(tokens, one), luminance(tokens, other)))
    return (high + 0.05) / (low + 0.05)


GROUNDS = (
    "document-background-color",
    "surface-background-color",
    "surface-sunken-background-color",
    "brand-tint-color",
    "accent-tint-color",
    "ring-color",
)
BANDS = ("red", "orange", "green", "none")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("document-color", "muted-color", "link-color", "link-hover-color") for ground in GROUNDS),
    *(("document-color", f"band-{band}-background-color") for band in BANDS),
    *(("form-field-invalid-color", ground) for ground in GROUNDS[:3]),
    ("brand-color", "surface-background-color"),
    ("brand-contrast-color", "brand-color"),
    ("form-field-color", "form-field-background-color"),
    ("button-primary-action-color", "button-primary-action-background-color"),
    ("button-primary-action-color", "button-primary-action-hover-background-color"),
    ("button-secondary-action-color", "button-secondary-action-background-color"),
    ("button-secondary-action-color", "button-secondary-action-hover-background-color"),
    ("button-danger-color", "button-danger-background-color"),
]
SHAPE_PAIRS = [
    *(
        (edge, ground)
        for edge in ("form-field-border-color", "form-field-invalid-border-color", "button-secondary-action-border-color")
        for ground in (*GROUNDS[:3], "form-field-background-color")
    ),
    *((f"band-{band}-color", ground) for band in BANDS for ground in (f"band-{band}-background-color", *GROUNDS[:3])),
    *(("button-primary-action-background-color", ground) for ground in GROUNDS[:5]),
    *(("focus-outline-color", ground) for ground in GROUNDS),
    *(("brand-color", ground) for ground in GROUNDS),
    ("focus-outline-color", "focus-halo-color"),
]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_can_be_read(name: str, ink: str, ground: str) -> None:
    assert contrast(theme(name), ink, ground) >= TEXT


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("edge", "ground"), SHAPE_PAIRS)
def test_edges_and_shapes_stand_out(name: str, edge: str, ground: str) -> None:
    assert contrast(theme(name), edge, ground) >= SHAPE


@pytest.mark.parametrize("name", ["light, more contrast", "dark, more contrast"])
def test_more_contrast_is_really_more(name: str) -> None:
    tokens = theme(name)
    assert contrast(tokens, "muted-color", "document-background-color") >= 15
    assert contrast(tokens, "link-color", "document-background-color") >= 7


@pytest.mark.parametrize("name", ["light", "dark"])
def test_status_colours_also_differ_in_lightness(name: str) -> None:
    """Somebody who sees no red and green still sees orange as the light one."""
    tokens = theme(name)
    assert contrast(tokens, "band-orange-color", "band-red-color") >= 1.25
    assert contrast(tokens, "band-orange-color", "band-green-color") >= 1.05


def test_the_device_and_the_person_get_the_same_theme() -> None:
    dark_of_device = TOKENS[TOKENS.index("prefers-color-scheme: dark") :]
    assert block(':root:not([data-theme="light"])', dark_of_device) == block(DARK)
    more_of_device = TOKENS[TOKENS.index("prefers-contrast: more") :]
    assert block(":root", more_of_device) == block(MORE)


def test_dark_and_light_name_the_same_colours() -> None:
    light = {key for key, value in block(":root").items() if re.match(r"#", value) and not key.startswith("art-")}
    assert light == {key for key, value in block(DARK).items() if value.startswith("#")}


@pytest.mark.parametrize("sheet", ["base", "layout", "components"])
def test_only_the_tokens_hold_colours(sheet: str) -> None:
    css = (STATIC / f"{sheet}.css").read_text(encoding="utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", css) == []


@pytest.mark.parametrize("sheet", ["base", "layout", "components", "print"])
def test_every_token_used_exists(sheet: str) -> None:
    css = (STATIC / f"{sheet}.css").read_text(encoding="utf-8")
    known = {*block(":root"), "band-shape-color", "band-background-color"}
    assert set(re.findall(r"var\(--kring-([a-z0-9-]+)", css)) - known == set()


def test_the_contrast_of_black_and_white_is_twenty_one() -> None:
    tokens = {"black": "#000000", "white": "#ffffff", "also-black": "var(--kring-black)"}
    assert round(contrast(tokens, "also-black", "white"), 6) == 21
