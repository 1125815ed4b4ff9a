"""What a fault makes of a call: whether it is carried out, and what is answered. One place for the Graph API and the
bot platform's settings API, which differ in how they refuse."""

from collections.abc import Callable
from typing import Protocol

from wizard.simulator.graph.call import GraphReply
from wizard.simulator.world.faults import Fault
from wizard.simulator.world.given_answer import changed, endless, packed

HTML = "text/html; charset=utf-8"
HTML_ERROR = '<!DOCTYPE html>\n<html lang="en" id="facebook"><head><title>Facebook | Error</title></head>\n'
HTML_ERROR += "<body><h1>Sorry, something went wrong.</h1><p>We're working on getting this fixed.</p></body></html>\n"


class Refusals(Protocol):
    """How one API says no."""

    def refuse(self) -> GraphReply: ...

    def error(self, fault: Fault) -> GraphReply: ...

    def throttled(self, fault: Fault) -> GraphReply: ...

    def usage(self, fault: Fault) -> dict[str, str]:
        """The headers that tell how far a limit is used."""
        ...


def faulty(kind: str, fault: Fault, do: Callable[[], GraphReply], refusals: Refusals) -> GraphReply:
    """Return what is answered under a fault. do: carries the call out and returns its true answer."""
    if (instead := _in_place(kind, fault, refusals)) is not None:
        if fault.done:
            do()
        return instead
    if kind == "answer" and fault.answer.body is not None and not fault.done:
        return _given(GraphReply(200, ""), fault)
    reply = do()
    match kind:
        case "truncated":
            reply.text, reply.body = reply.text[: max(1, len(reply.text) // 2)], None
        case "drip":
            reply.wire = "drip"
        case "answer_lost":
            reply.wire = "reset"
        case "usage":
            reply.headers |= refusals.usage(fault)
        case "changed":
            reply.text, reply.body = changed(reply.text, fault.change), None
        case "endless":
            reply.text, reply.body = endless(changed(reply.text, fault.change)), None
        case "answer":
            return _given(reply, fault)
    return reply


def _in_place(kind: str, fault: Fault, refusals: Refusals) -> GraphReply | None:
    """The answer of a kind that needs no true one, None for the others."""
    match kind:
        case "refuse":
            return refusals.refuse()
        case "error":
            return refusals.error(fault)
        case "throttled":
            return refusals.throttled(fault)
        case "http_500" | "html":
            return GraphReply(500 if kind == "http_500" else 200, HTML_ERROR, content_type=HTML)
        case "reset" | "timeout":
            return GraphReply(0, "", wire=kind)
        case "batch_null":
            return GraphReply(0, "", wire="reset")
    return None


def _given(reply: GraphReply, fault: Fault) -> GraphReply:
    given = fault.answer
    text = reply.text if given.body is None else given.body
    body = text.encode(given.encoding, "replace")
    headers = {**reply.headers, **given.headers}
    if given.gzip:
        headers["Content-Encoding"] = "gzip"
        return GraphReply(given.status, text, headers, given.content_type, body=packed(body, given.repeat))
    body *= given.repeat
    return GraphReply(
        given.status,
        text * given.repeat,
        headers,
        given.content_type,
        body=body if given.cut is None else body[: given.cut],
        length=len(body),
    )
