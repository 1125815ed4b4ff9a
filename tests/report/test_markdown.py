"""The report for tickets and chats: it renders as meant, whatever names it holds."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.report import cases
from wizard.report.as_markdown import escaped
from wizard.report.render import render

HOSTILE = [
    "# Heading",
    "- item",
    "+ item",
    "1. item",
    "12) item",
    "| cell |",
    "[link](https://bad.example)",
    "![picture](https://bad.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "*a* _b_ **c** __d__ ~~e~~ `f`",
    "=====",
    "back\\slash\\",
    "[x]: https://bad.example",
    "https://bad.example www.bad.example",
    "two\nlines\r\n\r\n# three",
]


class Shown(HTMLParser):
    """The tags of an HTML text, and the text they show."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def shown(markdown: str) -> Shown:
    return Shown(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def plain(text: str) -> str:
    return " ".join(text.split())


@given(name=st.text())
@example(name="&#65; &amp; \\& ")
@example(name="a_b_c _d_ __e__")
def test_escaped_text_shows_as_it_is(name: str) -> None:
    words = plain(name).replace("\0", "\N{REPLACEMENT CHARACTER}")
    for before, after in (("", ""), ("- ", ""), ("# ", ""), ("x ", " y")):
        result = shown(f"{before}{escaped(name)}{after}")
        assert plain(result.text) == plain(f"{before.lstrip('-# ')}{words}{after}")
        assert set(result.tags) <= {"p", "ul", "li", "h1"}


@given(name=st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1)))
def test_no_name_changes_the_shape_of_the_report(name: str) -> None:
    harmless = shown(render(cases.report(cases.renamed(cases.troubled(), "Harmless"), cases.well()), "markdown"))
    hostile = shown(render(cases.report(cases.renamed(cases.troubled(), name), cases.well()), "markdown"))
    assert hostile.tags == harmless.tags


@pytest.mark.parametrize("name", ["https://bad.example", "www.bad.example", "HTTP://bad.example"])
def test_names_are_not_made_links_by_what_renders_them(name: str) -> None:
    assert not re.search(r"(?i)https?:|www\.", escaped(name))
    assert shown(escaped(name)).text.strip() == name


def test_report_says_state_finding_action_and_evidence() -> None:
    text = shown(render(cases.report(cases.troubled()), "markdown")).text
    assert "Problem: Default app" in text
    assert "→ The Page’s owner: Choose Flow bot as the default app" in text
    assert "Seen: GET me/thread_owner: only an expiration, 19 Nov 2026" in text
    assert "(3 days ago)" in text


def test_worst_page_comes_first_and_the_table_only_with_more_than_one_page() -> None:
    many = render(cases.report(), "markdown")
    assert many.index("## Harbour Books") < many.index("## Corner Bakery") < many.index("## Lumen Coffee")
    assert "## All Pages" in many
    assert "## All Pages" not in render(cases.report(cases.well()), "markdown")


def test_summary_counts_what_was_found() -> None:
    text = render(cases.report(is_complete=False), "markdown")
    assert "3 Pages. 2 have a problem. On 1 nothing wrong was seen, but the handover is not proven. The check" in text
    assert "**Corner Bakery: The access token has expired.**" in render(cases.report(cases.unreachable()), "markdown")
