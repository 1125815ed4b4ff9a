"""The errors of the Graph API, with the texts that were recorded or documented.

HTTP status is 400 unless recorded otherwise. Sources: Meta's error-handling guide, Messenger Platform error codes
(2026-06-25) and recorded replies of 2019-2026.
"""

from typing import Any

from wizard.simulator.world import ids


class GraphError(Exception):
    """One error answer. code, subcode: numbers of the Graph API, 0 = none; transient: whether it says so itself."""

    def __init__(
        self,
        code: int,
        message: str,
        *,
        subcode: int | None = None,
        kind: str = "OAuthException",
        status: int = 400,
        transient: bool | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.subcode = subcode
        self.message = message
        self.kind = kind
        self.status = status
        self.transient = transient
        self.headers = headers or {}

    def body(self) -> dict[str, Any]:
        """Return the envelope: {"error": {message, type, code, error_subcode?, is_transient?, fbtrace_id}}."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind}
        if self.code:
            error["code"] = self.code
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.transient is not None:
            error["is_transient"] = self.transient
        error["fbtrace_id"] = trace_id()
        return {"error": error}


def trace_id() -> str:
    return "A" + ids.text("trace", 16)


_TEXTS: dict[tuple[int, int | None], str] = {
    (1, None): "An unknown error occurred",
    (1, 99): "An unknown error occurred",
    (2, None): "(#2) Service temporarily unavailable",
    (4, None): "(#4) Application request limit reached",
    (10, None): "(#10) Application does not have permission for this action",
    (
        10,
        2018108,
    ): "(#10) This Person Cannot Receive Messages: This person isn't receiving messages from you right now.",
    (10, 2018278): "(#10) This message is sent outside of allowed window. Learn more about the new policy here: "
    "https://developers.facebook.com/docs/messenger-platform/policy-overview",
    (10, 2018300): "(#10) Message failed to send because another app is controlling this thread now.",
    (10, 2534022): "This message is sent outside of allowed window.",
    (17, None): "User request limit reached",
    (27, None): "(#27) Take thread control is not supported when Conversation Routing is not enabled.",
    (27, 2534118): "(#27) Take thread control is not allowed for this app.",
    (27, 2534123): "(#27) Take thread control is not supported when Conversation Routing is not enabled.",
    (32, None): "(#32) Page request limit reached",
    (100, None): "(#100) Invalid parameter",
    (100, 33): "Unsupported request. The object does not exist, cannot be loaded due to missing permissions, or does "
    "not support this operation.",
    (100, 2018001): "(#100) No matching user found",
    (100, 2018164): "(#100) Incorrect App ID. Please provide the ID of an app that is connected to this Page.",
    (100, 2534014): "(#100) No matching Instagram user found",
    (100, 2534037): "(#100) The action is invalid since it's not the thread owner.",
    (102, None): "Session key invalid or no longer valid",
    (190, None): "Invalid OAuth access token - Cannot parse access token",
    (190, 458): "Error validating access token: The user has not authorized the application.",
    (190, 459): "Error validating access token: You cannot access the app till you log in to www.facebook.com and "
    "follow the instructions given.",
    (190, 460): "Error validating access token: The session has been invalidated because the user changed their "
    "password or Facebook has changed the session for security reasons.",
    (190, 463): "Error validating access token: Session has expired.",
    (190, 464): "Error validating access token: Sessions for the user are not allowed because the user is not a "
    "confirmed user.",
    (190, 467): "Error validating access token: The session is invalid because the user logged out.",
    (190, 492): "Error validating access token: The user must be an administrator, editor, or moderator of the page "
    "in order to impersonate it.",
    (190, 2069032): "This method must be called with a Page Access Token",
    (200, None): "(#200) Permissions error",
    (200, 2018028): "(#200) Cannot message users who are not admins, developers or testers of the app until "
    "pages_messaging permission is reviewed and the app is live.",
    (200, 2534041): "(#200) The owner of this Instagram account does not allow access to messages.",
    (210, None): "(#210) A page access token is required to request this resource.",
    (230, None): "(#230) Requires pages_messaging permission to manage the object",
    (368, None): "It looks like you were misusing this feature by going too fast. You’ve been blocked from using it."
    "\n\nLearn more about blocks in the Help Center.",
    (551, 1545041): "(#551) This person isn't available right now.",
    (613, None): "(#613) Calls to this api have exceeded the rate limit.",
    (80001, None): "(#80001) There have been too many calls to this Page account. Wait a bit and try again. For more "
    "info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
    (80006, None): "(#80006) There have been too many calls to this Messenger account. Wait a bit and try again. For "
    "more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
}
_TRANSIENT = {2: True, 4: True}
_STATUS = {2: 500}


def known_error(code: int, subcode: int | None = None) -> GraphError:
    """Return the error with the text Facebook gives it; a plain text where the pair is not in the table."""
    text = _TEXTS.get((code, subcode)) or _TEXTS.get((code, None)) or f"(#{code}) An error occurred"
    status = 403 if subcode == 2534022 else _STATUS.get(code, 400)
    return GraphError(code, text, subcode=subcode, status=status, transient=_TRANSIENT.get(code), headers=_told(code))


def _told(code: int) -> dict[str, str]:
    if code in (190, 2500):
        return {"WWW-Authenticate": 'OAuth "Facebook Platform" "invalid_token" "Error validating access token"'}
    return {}


def invalid(message: str) -> GraphError:
    """Return code 100 without subcode. message: without its "(#100)"."""
    return GraphError(100, f"(#100) {message}")


def no_token(current_user: bool) -> GraphError:
    """Return what a call without a token gets. current_user: whether the call named `me`."""
    if current_user:
        text = "An active access token must be used to query information about the current user."
        return GraphError(2500, text, headers=_told(2500))
    return GraphError(104, "An access token is required to request this resource.")


def no_such_object(method: str, name: str) -> GraphError:
    text = (
        f"Unsupported {method.lower()} request. Object with ID '{name}' does not exist, cannot be loaded due to "
        "missing permissions, or does not support this operation. Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api"
    )
    return GraphError(100, text, subcode=33, kind="GraphMethodException")


def no_such_path(path: str) -> GraphError:
    return GraphError(2500, f"Unknown path components: /{path}")


def no_such_field(field: str, node: str) -> GraphError:
    return invalid(f"Tried accessing nonexisting field ({field}) on node type ({node})")


def permission_needed(code: int, permission: str) -> GraphError:
    return GraphError(code, f"(#{code}) Requires {permission} permission to manage the object")
