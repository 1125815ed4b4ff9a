"""Lines are not broken where half of a thing would stand on each; Thai, without spaces, is broken between words."""

import re
import unicodedata
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from wizard.i18n.breaks import breakable, without_breaks

THAI = re.compile("[\u0e00-\u0e7f]+")
LONGEST = 17  # letters of one word
LOCALE = Path(__file__).resolve().parents[2] / "resources" / "locale"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("معرّف التطبيق (App ID) هنا", "معرّف التطبيق (App~ID) هنا"),
        ("Kennung (App ID), Geheimnis (App Secret)", "Kennung (App~ID), Geheimnis (App~Secret)"),
        ("“Generate Access Token” (Zugriffstoken erzeugen)", "“Generate Access Token” (Zugriffstoken erzeugen)"),
        ("صندوق لـ Messenger", "صندوق لـ~Messenger"),
        ("f(a) b (c) d", "f(a) b (c) d"),
        ("nothing", "nothing"),
    ],
)
def test_short_terms_in_brackets_and_what_leads_to_a_name_stay_on_one_line(text: str, shown: str) -> None:
    assert breakable(text) == shown.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ลูกค้าส่งข้อความใหม่", "ลูกค้า|ส่ง|ข้อความ|ใหม่"),
        ("คุณบอกว่าไม่ถูกต้อง", "คุณ|บอก|ว่า|ไม่|ถูกต้อง"),
        ("ช้าๆ ใน “เพจ” (App ID)", "ช้าๆ ใน “เพจ” (App~ID)"),
        ("เพจก๋วยเตี๋ยวเรืออร่อย", "เพจก๋วยเตี๋ยวเรืออร่อย"),  # words that are not known stay whole
        ("สั้น ๆ", "สั้น~ๆ"),  # what repeats a word begins no line
        ("日本語", "日本語"),
    ],
)
def test_thai_may_be_broken_between_the_words_that_are_known(text: str, shown: str) -> None:
    assert breakable(text).replace("\u200b", "|") == shown.replace("~", "\u00a0")
    assert without_breaks(breakable(text)) == text


def test_each_thai_sentence_is_broken_after_each_word_at_the_latest() -> None:
    with (LOCALE / "th.po").open("rb") as file:
        told = [one.string for one in read_po(file) if one.id]
    sentences = [text for one in told if one for text in ((one,) if isinstance(one, str) else one)]
    for sentence in sentences:
        runs = THAI.findall(breakable(sentence))
        assert max(map(len, runs), default=0) <= LONGEST, f"a word for resources/thai_words.txt: {sentence}"
        assert not any(unicodedata.combining(run[0]) or run[0] in "ะาำๅัิีึืฺุู็์" for run in runs), sentence
    assert len(sentences) > 3000
