"""The HTML report in a real browser: it asks nobody for anything, and everybody can read it, on screen and on paper."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report import cases
from tests.report.browser import Reader, reader
from wizard.core.checked import CheckReport
from wizard.report.render import render
from wizard.report.since import EarlierReport

pytestmark = pytest.mark.slow
EARLIER = cases.as_earlier(cases.well(), cases.unreachable(), made_at=cases.NOW - 2 * cases.DAY)
HOSTILE = (
    "</title><script>document.title='caught'</script><img src=https://bad.example/p.png onerror=alert(1)>\"'`{{7*7}}"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Reader]:
    with reader() as opened:
        yield opened


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    reports: dict[str, tuple[CheckReport, EarlierReport | None]] = {
        "one": (cases.report(cases.troubled()), None),
        "well": (cases.report(cases.well()), None),
        "many": (cases.report(), None),
        "since": (cases.report(is_complete=False), EARLIER),
        "hostile": (cases.report(cases.renamed(cases.troubled(), HOSTILE), cases.renamed(cases.well(), HOSTILE)), None),
        "wide": (cases.report(cases.renamed(cases.troubled(), "W" * 300)), None),
    }
    for name, (report, since) in reports.items():
        (folder / f"{name}.html").write_text(render(report, "html", since=since), encoding="utf-8")
    return folder


NAMES = ["one", "well", "many", "since", "hostile"]


@pytest.mark.parametrize("name", NAMES)
def test_opening_a_report_asks_for_nothing_but_the_file(browser: Reader, files: Path, name: str) -> None:
    address = (files / f"{name}.html").as_uri()
    browser.open(address)
    assert browser.requests() == [address]
    assert browser.complaints() == []
    assert browser.driver.title == "Messenger handover: what the check found"


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360], ids=["desk", "phone"])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing_that_keeps_anybody_out(
    browser: Reader, files: Path, name: str, width: int, is_dark: bool
) -> None:
    browser.open((files / f"{name}.html").as_uri(), width, is_dark=is_dark)
    assert browser.asks("matchMedia('(prefers-color-scheme: dark)').matches") is is_dark
    assert browser.violations() == []


def test_axe_is_awake(browser: Reader, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text('<!DOCTYPE html><html lang="en"><title>x</title><p style="color:#ccc">pale</p>', encoding="utf-8")
    browser.open(bad.as_uri())
    assert any(each.startswith("color-contrast") for each in browser.violations())


@pytest.mark.parametrize("name", [*NAMES, "wide"])
@pytest.mark.parametrize("width", [1280, 360, 320], ids=["desk", "phone", "small phone"])
def test_no_page_scrolls_sideways(browser: Reader, files: Path, name: str, width: int) -> None:
    """The table of many Pages scrolls inside its own frame."""
    browser.open((files / f"{name}.html").as_uri(), width)
    assert browser.asks("document.documentElement.scrollWidth <= window.innerWidth") is True
    assert browser.asks("window.innerWidth") == width


@pytest.mark.parametrize(("width", "shown", "hidden"), [(1280, "wide", "narrow"), (360, "narrow", "wide")])
def test_the_picture_fits_the_screen_and_is_told_once(
    browser: Reader, files: Path, width: int, shown: str, hidden: str
) -> None:
    browser.open((files / "one.html").as_uri(), width)
    assert browser.asks(f"getComputedStyle(document.querySelector('figure svg.{hidden}')).display") == "none"
    assert browser.asks(f"getComputedStyle(document.querySelector('figure svg.{shown}')).display") == "block"
    size = browser.asks(
        f"""(() => {{ const letter = document.querySelector('figure svg.{shown} text.role');
        return parseFloat(getComputedStyle(letter).fontSize) * letter.getScreenCTM().a }})()"""
    )
    assert size >= 12  # CSS pixels on the screen


def test_no_letter_of_the_picture_leaves_its_box(browser: Reader, files: Path) -> None:
    for name in ("one", "wide", "hostile"):
        browser.open((files / f"{name}.html").as_uri())
        out = browser.asks(
            """[...document.querySelectorAll('figure svg.wide g.box')].flatMap(box => {
            const edge = box.querySelector('rect').getBoundingClientRect();
            return [...box.querySelectorAll('text')].filter(text =>
                text.getBoundingClientRect().right > edge.right).map(text => text.textContent) })"""
        )
        assert out == []


def test_table_of_pages_can_be_reached_and_scrolled_with_the_keyboard(browser: Reader, files: Path) -> None:
    browser.open((files / "many.html").as_uri(), 700)
    frame = "document.querySelector('.scroll')"
    assert browser.asks(f"{frame}.scrollWidth > {frame}.clientWidth") is True
    assert browser.asks(f"{frame}.focus(), document.activeElement === {frame}") is True


def test_every_link_of_the_overview_leads_to_its_page(browser: Reader, files: Path) -> None:
    browser.open((files / "many.html").as_uri())
    links = browser.asks("[...document.querySelectorAll('.matrix a')].map(a => a.getAttribute('href'))")
    assert len(links) == 3
    for link in links:
        assert browser.asks(f"document.querySelectorAll({link!r}).length") == 1


def test_paper_shows_everything_and_prints_the_overview_sideways(browser: Reader, files: Path) -> None:
    browser.open((files / "many.html").as_uri())
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", browser.on_paper())
    is_sideways = [float(width) > float(height) for width, height in sheets]
    assert is_sideways[0] is True
    assert is_sideways[1:] == [False] * (len(sheets) - 1)
    browser.open((files / "one.html").as_uri())
    sheets = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", browser.on_paper())
    assert [float(width) > float(height) for width, height in sheets] == [False] * len(sheets)


def test_paper_is_light_even_on_a_dark_screen(browser: Reader, files: Path) -> None:
    browser.open((files / "one.html").as_uri(), is_dark=True)
    on_screen = browser.asks("getComputedStyle(document.body).color")
    dark = {"name": "prefers-color-scheme", "value": "dark"}
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": [dark]})
    assert browser.asks("getComputedStyle(document.body).color") != on_screen
    assert browser.asks("getComputedStyle(document.documentElement).getPropertyValue('--text')") == "#1b2230"


def test_old_verdicts_look_old(browser: Reader, files: Path) -> None:
    browser.open((files / "one.html").as_uri())
    old = browser.asks("[...document.querySelectorAll('time.old')].map(time => time.textContent)")
    assert old == ["19 Nov 2026, 12:20 (3 days ago)"]
    assert browser.asks("getComputedStyle(document.querySelector('time.old')).fontStyle") == "italic"
