"""The report as one HTML file that needs nothing else: for the customer's mail, for the phone, for paper."""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from wizard.checks.run import CHECKS
from wizard.core.checked import CheckedPage
from wizard.core.diagnosis import Diagnosis, PageOutcome
from wizard.core.resource import load_json, resource
from wizard.core.verdict import State
from wizard.core.world import World
from wizard.i18n.language import current
from wizard.report import phrases
from wizard.report.head import Counts, ReportHeader, compared_sentence, sentence
from wizard.report.html_words import words
from wizard.report.picture import picture
from wizard.report.since import Comparison
from wizard.report.spool import spool, worst_first
from wizard.report.times import for_people, for_programs, is_old, zone
from wizard.report.view import PageView, gone_pages, views
from wizard.words import headlines, verdicts
from wizard.words.moments import of_date
from wizard.words.summary import glossary

_ALL_IN_FULL = 200  # Pages; of more, only those with something to look at: no browser shows 10,000 in full
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
_COLOURS = "style/tokens.json"  # the window has the same


def stream(pages: Iterable[CheckedPage], head: ReportHeader) -> Iterator[str]:
    """Yield the report. The Pages wait on the disk, for what stands above them sums them up."""
    templates = _templates(head)
    comparison = Comparison(head.since) if head.since is not None else None
    counts = Counts()
    with spool() as changed, worst_first() as table, worst_first() as sections:
        for page in views(pages, head.include_personal_data, comparison, head.made_at):
            counts.add(page)
            is_shown = page.number <= _ALL_IN_FULL or bool(page.causes)
            changed.write(templates.get_template("changed.html").render(page=page))
            row = templates.get_template("row.html").render(page=page, cells=_cells(page), is_shown=is_shown)
            table.write(page.headline.state, row)
            if is_shown:
                section = templates.get_template("page.html").render(page=page, picture=picture(page))
                sections.write(page.headline.state, section)
        is_complete = head.is_complete()
        style = _style()
        yield from templates.get_template("report.html").generate(
            head=head,
            style=Markup(style),
            style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
            language=current().replace("_", "-"),
            direction="rtl" if current().split("_")[0] in _RIGHT_TO_LEFT else "ltr",
            sentence=sentence(counts, is_complete),
            compared=compared_sentence(counts) if comparison is not None else "",
            tally=_tally(counts),
            counts=counts,
            changed=map(Markup, changed.pieces()),
            gone=gone_pages(comparison, is_complete),
            nothing_changed=changed.is_empty,
            checks=[verdicts.title(check.id) for check in CHECKS],
            rows=map(Markup, table.pieces()),
            sections=map(Markup, sections.pieces()),
            most_in_full=_ALL_IN_FULL,
            zone=zone(head.made_at),
            glossary=glossary(),
        )


def filled(sentence: str, **values: object) -> Markup:
    """A sentence with its facts put in, each of which may be HTML already."""
    return escape(sentence).format(**values)


def _templates(head: ReportHeader) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(resource("report")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def when(unix: float) -> Markup:
        look = "old" if is_old(unix, head.made_at) else "new"
        mark = Markup('<time class="{}" datetime="{}">{}</time>')
        return mark.format(look, for_programs(unix), for_people(unix, head.made_at))

    environment.filters["filled"] = filled
    environment.globals.update(
        words=words(),
        when=when,
        state_word=verdicts.state,
        State=State,
        headlines=headlines,
        link=World().link,
        of_date=of_date,
        control=phrases.control,
        phrases=phrases,
    )
    return environment


def _cells(page: PageView) -> list[State | None]:
    states = {row.check: row.state for row in page.rows}
    return [states.get(check.id) for check in CHECKS]


def _tally(counts: Counts) -> list[tuple[str, str, int]]:
    """Sign, word and number of the Pages with each outcome; nothing for a single Page, whose headline says it all."""
    if counts.pages == 1:
        return []
    found = [(Diagnosis(each).state.value, headlines.outcome(each), counts.outcomes[each]) for each in PageOutcome]
    return [(sign, word, count) for sign, word, count in found if count]


def _style() -> str:
    """The style sheet with the colours of the window before it."""
    tokens = load_json(_COLOURS)
    light, dark = (_variables(tokens[scheme]) for scheme in ("light", "dark"))
    rules = resource("report/report.css").read_text(encoding="utf-8")
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n{rules}"


def _variables(colours: dict[str, Any]) -> str:
    return "".join(f"--{name.replace('_', '-')}:{value};" for name, value in colours.items())
