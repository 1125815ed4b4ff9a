"""The shape of the HTML report: what stands in it, and that no name changes it."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.report import cases
from wizard.core.answers import Answers
from wizard.core.checked import CheckedPage
from wizard.core.verdict import State
from wizard.report.render import render
from wizard.words import verdicts

HOSTILE = [
    "<script>alert(1)</script>",
    "</title></style></svg><b>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "<!-- comment",
    "&lt;already&gt; &amp;",
    "]]>",
]


class Shape(HTMLParser):
    """Tags with the names of their attributes, in order, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _value in attrs)))
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(" ".join(data.split()))


def html(*pages: CheckedPage) -> str:
    return render(cases.report(*pages), "html")


HARMLESS = Shape(html(cases.renamed(cases.troubled(), "Harmless"), cases.well()))


@given(name=st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1).filter(str.strip)))
def test_no_name_changes_the_shape_of_the_report(name: str) -> None:
    hostile = Shape(html(cases.renamed(cases.troubled(), name), cases.well()))
    assert hostile.tags == HARMLESS.tags


def test_names_are_shown_as_they_are() -> None:
    for name in HOSTILE:
        assert name in Shape(html(cases.renamed(cases.troubled(), name))).texts


def test_file_needs_nothing_else_and_its_rules_allow_nothing_else() -> None:
    text = html()
    shape = Shape(text)
    assert {tag for tag, _names in shape.tags}.isdisjoint({"script", "link", "img", "iframe", "object", "form", "base"})
    assert not any(name.startswith("on") or name in ("src", "style", "srcset") for name, _value in shape.attributes)
    links = [value for name, value in shape.attributes if name == "href"]
    assert links
    elsewhere = {link for link in links if not link.startswith("#")}
    assert elsewhere == {"https://www.facebook.com/settings?tab=msgr_conversation_routing"}, "a setting to be opened"
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert style is not None
    assert "url(" not in style[1]
    assert "@import" not in style[1]
    allowed = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    [rules] = [value for name, value in shape.attributes if value.startswith("default-src")]
    assert rules == f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"


def test_every_sign_that_is_used_is_drawn_in_the_file() -> None:
    earlier = cases.as_earlier(cases.well(), cases.renamed(cases.well(), "x"), made_at=cases.NOW - cases.DAY)
    text = render(cases.report(), "html", since=earlier)
    used = set(re.findall(r'href="#(sign-[a-z_]+)"', text))
    drawn = set(re.findall(r'<symbol id="(sign-[a-z_]+)"', text))
    assert used <= drawn
    assert {f"sign-{state.value}" for state in State} <= used


def test_every_state_stands_as_a_word_beside_its_sign() -> None:
    text = re.sub(r"\s+", " ", html(cases.troubled()))
    for row in cases.troubled().verdicts:
        sign = f'<use href="#sign-{row.state.value}"></use></svg>{verdicts.state(row.state)}</span>'
        assert sign in text


def test_picture_is_told_in_words_with_roles_control_and_the_handover() -> None:
    titles = re.findall(r"<title[^>]*>([^<]*)</title>", html(cases.troubled()))[1:]
    assert (
        titles
        == [
            "Flow bot, Answers first, App ID 102938475610283, Problem. Page Inbox, Takes over, App ID 263902037430900. "
            "Old vendor, Another app, App ID 555000555000555, has control. "
            "Flow bot hands over to Page Inbox: Not checked."
        ]
        * 2
    )


def test_picture_shows_the_app_that_the_verdict_on_control_names() -> None:
    """A later look at another conversation, where nobody has control, takes nothing away."""
    page = cases.troubled()
    later = cases.owner("", "24681357902468999", cases.NOW)
    page = replace(page, facts=replace(page.facts, owners=(*page.facts.owners, later)))
    text = html(page)
    assert "Old vendor, Another app, App ID 555000555000555, has control." in text
    assert "<figcaption>Who has control now: Old vendor had control" in text


def test_page_without_known_apps_has_no_picture() -> None:
    page = CheckedPage(Answers(page_id="1", page_name="Bare"), cases.NOW, verdicts=cases.WELL)
    assert "<figure" not in html(page)
    assert "<figure" in html(cases.well())


def test_problems_come_before_warnings_and_both_before_the_rest() -> None:
    text = html(cases.troubled())
    places = [text.index(word) for word in ("What was found", "is not the default app: another", "These are missing")]
    assert places == sorted(places)
    assert text.index("These are missing") < text.index("All other checks")


def test_table_of_pages_has_a_column_for_each_check_and_the_worst_page_first() -> None:
    table = html().split("<table>")[1].split("</table>")[0]
    head, body = table.split("<tbody>")
    rows = body.split("<tr>")[1:]
    columns = head.count('scope="col"') - 1
    assert [re.findall(r"<bdi>(.*?)</bdi>", row) for row in rows] == [
        ["Harbour Books"],
        ["Corner Bakery"],
        ["Lumen Coffee"],
    ]
    assert rows[0].count("<td") == columns
    assert f'<td colspan="{columns}"' in rows[1]
    assert "The access token has expired." in rows[1]


def test_no_green_stands_where_nothing_was_proven() -> None:
    """Beside single rows that were seen."""
    for page in (cases.well(), CheckedPage(cases.answers(), cases.NOW)):
        text = html(page).partition("<main>")[2].partition("<footer>")[0]
        assert 'class="headline ok"' not in text
        assert "proven" in text or "could not be found out" in text
        assert '<ul class="tally">' not in html(page)
