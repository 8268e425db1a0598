"""What the pages of the site fetch: one sheet, scripts, fonts."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from policytool.model.house import Crest, Face, HouseStyle
from policytool.model.site import Frame
from policytool.render.colour import ENOUGH, contrast, parsed, shades
from policytool.render.site.assets import DARK, ICON, LIGHT, SHEET, asset, assets
from policytool.render.templates import beside
from tests.templates import SVG

BOLD, REGULAR = Face(b"bold", "School", bold=True), Face(b"regular", "School", outlines="otf")


def sheet(frame: Frame) -> str:
    """The style sheet."""
    return next(one.content for one in assets(frame) if one.path == asset(SHEET, frame)).decode()


@pytest.mark.parametrize("colour", ["#1b365d", "#ffdd00", "#ffffff", "#000000", ""])
def test_house_colours_can_be_read(colour: str) -> None:
    """On every ground, light and dark."""
    found = {name: parsed(value) for name, value in shades(colour, LIGHT, DARK).items()}
    assert min(contrast(found["accent-on-light"], ground) for ground in LIGHT) >= ENOUGH
    assert min(contrast(found["accent-on-dark"], ground) for ground in DARK) >= ENOUGH
    assert f"--house: {shades(colour, LIGHT, DARK)['house']};" in sheet(Frame("School", colour))


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    """Whoever changes one of the two changes the other."""
    ours = beside("policytool.render", "page.css")
    assert all(f"#{red:02x}{green:02x}{blue:02x}" in ours for red, green, blue in (*LIGHT, *DARK))


def test_the_words_of_a_state_can_be_read_and_be_written_on() -> None:
    """Red, amber and green on paper, and paper on them where a state is pressed."""
    ours = beside("policytool.render", "page.css")
    for name in ("red", "amber", "green", "quiet", "ink"):
        light, dark = (parsed(colour) for colour in re.findall(rf"--{name}: (#\w{{6}});", ours))
        assert min(contrast(light, ground) for ground in LIGHT) >= ENOUGH, name
        assert min(contrast(dark, ground) for ground in DARK) >= ENOUGH, name


def test_the_crest_is_a_picture_in_the_sheet_and_no_file() -> None:
    """Opened by itself, an SVG might run what it holds."""
    frame = Frame("School", house=HouseStyle(crest=Crest(SVG, "svg", 2.0)))
    assert re.search(r'\.crest \{ width: 112px; height: 56px; background-image: url\("data:image/svg', sheet(frame))
    assert {one.path.rpartition(".")[2] for one in assets(frame)} == {"css", "js", "svg"}


def test_without_a_crest_the_sheet_holds_no_picture() -> None:
    """Nor a rule for one."""
    assert "data:" not in sheet(Frame("School"))


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Example School", "E"), ("st Anne’s", "S"), ("“Ölberg” <School>", "Ö"), ("ßen", "S"), ("", "P"), ("\x00–", "P")],
)
@pytest.mark.parametrize("colour", ["#1b365d", "#ffdd00", ""])
def test_the_icon_is_the_first_letter_of_the_name_on_the_house_colour(name: str, letter: str, colour: str) -> None:
    """In the ink that can be read on it; nothing in it runs or is fetched."""
    frame = Frame(name, colour)
    square, drawn = etree.fromstring(next(one.content for one in assets(frame) if one.path == asset(ICON, frame)))
    assert drawn.text == letter
    assert contrast(*(parsed(str(one.get("fill"))) for one in (square, drawn))) >= ENOUGH
    assert {etree.QName(one).localname for one in (square, drawn)} == {"rect", "text"}


def test_the_faces_of_a_font_are_files_beside_the_sheet() -> None:
    """Named by their place and their hash, never by what a file says of itself."""
    frame = Frame("School", house=HouseStyle(faces=(REGULAR, BOLD)))
    fonts = {one.path.removeprefix("assets/"): one.content for one in assets(frame) if "font" in one.path}
    assert set(fonts.values()) == {b"bold", b"regular"}
    found = re.findall(r'src: url\("([^"]+)"\) format\("(\w+)"\)', sheet(frame))
    assert [(name, fonts[name], outlines) for name, outlines in found] == [
        (found[0][0], b"regular", "opentype"),
        (found[1][0], b"bold", "truetype"),
    ]
    assert '--font: "House"' in sheet(frame)


def test_what_has_changed_has_another_name() -> None:
    """So that no old sheet in a browser meets a new page."""
    assert asset(SHEET, Frame("School", "#1b365d")) != asset(SHEET, Frame("School", "#1b365e"))
    assert asset("states.js", Frame("School", "#1b365d")) == asset("states.js", Frame("School", "#1b365e"))


def test_the_sheet_fetches_nothing_else() -> None:
    """No font or picture from elsewhere."""
    assert "http" not in re.sub(r"data:[^\"]*", "", sheet(Frame("School", house=HouseStyle(faces=(BOLD,)))))
    assert "@import" not in sheet(Frame("School"))
