"""However many Pages there are, a report of them fits into the same memory."""

import gc
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.report import cases
from wizard.core.checked import CheckedPage
from wizard.report.head import ReportHeader
from wizard.report.render import FORMATS, render_stream


def pages(count: int) -> Iterator[CheckedPage]:
    for number in range(count):
        page = cases.troubled() if number % 10 == 0 else cases.well()
        yield replace(page, answers=cases.answers(str(10**10 + number), f"Page {number}"))


def most_memory(count: int, format: str) -> int:
    """Bytes, without what importing and caching took.

    Garbage is collected after every tenth Page: when Python would do it by itself depends on all that the process
    holds, and would decide the figure."""

    def tidied() -> Iterator[CheckedPage]:
        for number, page in enumerate(pages(count)):
            if number % 10 == 0:
                gc.collect()
            yield page

    gc.collect()
    gc.freeze()  # or each collection looks at everything that the tests before have loaded
    tracemalloc.start()
    try:
        for piece in render_stream(tidied(), format, ReportHeader(cases.NOW, "0.1.0")):
            assert piece is not None
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.unfreeze()


@pytest.mark.serial  # what is traced is the whole process, threads of other tests included
@pytest.mark.parametrize("format", [form.id for form in FORMATS])
def test_memory_does_not_grow_with_the_number_of_pages(format: str) -> None:
    most_memory(5, format)
    few, many = most_memory(60, format), most_memory(400, format)
    assert many < few + 100_000


def test_of_very_many_pages_those_with_something_to_look_at_are_shown_in_full() -> None:
    text = "".join(render_stream(pages(250), "html", ReportHeader(cases.NOW, "0.1.0")))
    assert text.count("<article") == 200 + 5
    assert text.count("<tr>") == 1 + 250
    assert 'id="page-241"' in text  # a troubled one
    assert 'href="#page-242"' not in text
    assert "Most of those without a problem are in this table only." in text
    assert "Most of those" not in "".join(render_stream(pages(200), "html", ReportHeader(cases.NOW, "0.1.0")))


def test_whether_the_check_is_complete_is_asked_after_the_last_page() -> None:
    state = {"is_complete": True}

    def stopped() -> Iterator[CheckedPage]:
        yield from pages(2)
        state["is_complete"] = False

    head = ReportHeader(cases.NOW, "0.1.0", is_complete=lambda: state["is_complete"])
    assert json.loads("".join(render_stream(stopped(), "json", head)))["is_complete"] is False
    for format in ("html", "markdown", "junit"):
        state["is_complete"] = True
        assert "The check was stopped before its end" in "".join(render_stream(stopped(), format, head))


def test_unknown_format_is_refused() -> None:
    with pytest.raises(ValueError, match="pdf"):
        render_stream([], "pdf", ReportHeader(cases.NOW, "0.1.0"))
