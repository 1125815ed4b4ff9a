"""Words of the other writing direction stay whole in a line, and numbers and signs beside them stay in their place."""

import pytest

from wizard.i18n.direction import turned

_SEEN = str.maketrans({"\u2066": "{", "\u2067": "{", "\u2069": "}", "\u200e": "", "\u200f": ""})


def parts(text: str, is_mirrored: bool = True) -> str:
    """The text with what is turned as a whole in curly brackets."""
    return turned(text, is_mirrored).translate(_SEEN)


@pytest.mark.parametrize(
    "text",
    [
        "{Lumen Coffee}، 30/11/2026، 9:59 ص",
        "{Lumen Coffee}, 30/11/2026: لا",
        "{Lumen Coffee} – 3 رسائل",
        "الصفحة {Lumen Coffee (118400029240348)}: لا",
        "يرد {Acme (Berlin) GmbH} أولًا.",
        "معرّف التطبيق ({App ID}) هذا",
        "لديك 3 {Flow bot} الآن",
        "هل يظهر {5381…3815} الآن؟",
        "يبدأ بـ {2639…} وينتهي بـ {…aB3x}.",
        "جارٍ فتح {Facebook}…",
        "الملف {.env} أو {.handoverlogin}.",
        "في {/home/sam/my files/}، أو {C:\\Users\\sam\\}.",
        "العنوان {https://example.com/help/} (هنا).",
        "في {2026-11-30}، أو {+49} مرة",
        "ثم {Settings → Messenger}.",
        "קובץ {.env} של {Flow bot}: 3",
    ],
)
def test_foreign_words_and_codes_are_turned_as_a_whole(text: str) -> None:
    assert parts(text.translate({ord("{"): None, ord("}"): None})) == text


@pytest.mark.parametrize("text", ["https://example.com/help/", "Lumen Coffee", "لا شيء", "30/11/2026", "", "ص 9:59"])
def test_a_line_of_one_direction_stays_as_it_is(text: str) -> None:
    assert turned(text, is_mirrored=True) == turned(text, is_mirrored=False) == text


def test_the_short_form_of_a_number_alone_is_not_turned_around() -> None:
    assert turned("5381…3815", is_mirrored=True) == "\u20665381…3815\u2069"


def test_a_line_that_begins_with_a_foreign_name_keeps_the_direction_of_the_window() -> None:
    assert turned("Flow bot يرد.", is_mirrored=True).startswith("\u200f")
    assert turned("مقهى has 3 Pages.", is_mirrored=False).startswith("\u200e")


@pytest.mark.parametrize(
    ("text", "is_mirrored", "shown"),
    [
        ("Acme (Berlin)!", True, "{Acme (Berlin)!}"),
        ("Acme\n2 لا", True, "{Acme}\n2 لا"),
        ("30/11/2026", True, "30/11/2026"),
        ("لا!", True, "لا!"),
        ("مقهى (برلين)!", False, "{مقهى (برلين)!}"),
        ("Acme!", False, "Acme!"),
    ],
)
def test_where_the_window_decides_a_line_of_foreign_words_alone_stays_whole(
    text: str, is_mirrored: bool, shown: str
) -> None:
    forced = turned(text, is_mirrored, is_forced=True)
    assert forced.translate(_SEEN) == shown
    assert forced[0] in (text[0], "\u200f" if is_mirrored else "\u200e")  # the line itself keeps the direction


def test_an_address_below_a_sentence_is_read_from_the_left() -> None:
    assert parts("العنوان:\n.env\nثم") == "العنوان:\n{.env}\nثم"


@pytest.mark.parametrize(
    "text",
    [
        "{مقهى لومن}, 30/11/2026: perhaps still with {مقهى}.",
        "The Page “{مقهى، لومن}” has 3 apps.",
        "{קפה} (118400): 3 messages",
    ],
)
def test_names_read_from_the_right_stay_whole_in_an_english_sentence(text: str) -> None:
    assert parts(text.translate({ord("{"): None, ord("}"): None}), is_mirrored=False) == text
