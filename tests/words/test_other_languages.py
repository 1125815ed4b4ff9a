"""Facebook's errors in other languages, and questions in other languages than English."""

import unicodedata

import pytest

from tests.replies.corpus import lines
from wizard.core.explain.error_rules import matching, shipped_matching
from wizard.core.explain.languages import language_of
from wizard.core.explain.wordings import Wording, english_of, wordings
from wizard.words.explaining import explain_text

RECORDED = [wording for wording in wordings() if wording.seen]


def _names(wording: Wording) -> str:
    return f"{wording.language}: {wording.seen[:40]}"


def _entry(text: str) -> str:
    found = matching(None, None, text, "")
    assert found is not None, text
    return found.id


@pytest.mark.parametrize("wording", RECORDED, ids=_names)
def test_a_recorded_text_is_known_as_the_same_error_in_english(wording: Wording) -> None:
    assert english_of(wording.seen) == wording.english
    assert _entry(wording.seen) == _entry(wording.english)
    assert wording.source
    assert wording.checked


@pytest.mark.parametrize("wording", RECORDED, ids=_names)
def test_capitals_accents_line_breaks_and_ids_do_not_hide_it(wording: Wording) -> None:
    without_accents = "".join(
        letter for letter in unicodedata.normalize("NFD", wording.seen) if not unicodedata.combining(letter)
    )
    half = len(wording.seen) // 2
    for dress in (
        wording.seen.upper(),
        without_accents,
        f"{wording.seen[:half]}\n    {wording.seen[half:]}",
        f"{wording.seen[:half]} 1234567890123456 {wording.seen[half:]}",
        f'[14:03:55] sending failed: {{"message": "{wording.seen}"}} (bot.js:12)',
    ):
        assert english_of(dress) == wording.english, dress


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("(#10) Diese Nachricht wird außerhalb des zulässigen Zeitfensters gesendet.", "outside-window"),
        ("(#10) Diese Nachricht wird ausserhalb des erlaubten Zeitraums versendet.", "outside-window"),
        ("(#10) Ce message est envoyé en dehors de la période autorisée.", "outside-window"),
        ("(#10) このメッセージは許可された期間外に送信されています。", "outside-window"),
        ("(#10) ข้อความนี้ถูกส่งนอกช่วงเวลาที่อนุญาต", "outside-window"),
        ("(#10) Wiadomość wysłano poza dozwolonym oknem czasowym.", "outside-window"),
        (
            "(#10) Die Nachricht wurde nicht gesendet, weil eine andere App diese Unterhaltung steuert.",
            "another-app-in-control",
        ),
        ("(#10) Une autre application contrôle cette conversation.", "another-app-in-control"),
        ("(#10) Aplikasi lain sedang mengendalikan percakapan ini.", "another-app-in-control"),
        ("(#190) Die Sitzung ist am Freitag abgelaufen.", "token-expired"),
        ("Fehler beim Validieren des Zugriffsschlüssels: Die Sitzung ist abgelaufen.", "token-expired"),
        ("Error al validar el identificador de acceso: la sesión caducó el viernes.", "token-expired"),
        ("Błąd weryfikacji tokenu dostępu: sesja wygasła.", "token-expired"),
        ("(#10) Bu mesaj izin verilen süre dışında gönderildi.", "outside-window"),  # noqa: RUF001
        ("(#10) 別のアプリがこのスレッドを制御しているため、送信できませんでした。", "another-app-in-control"),
        ("アクセストークンの検証中にエラーが発生しました: パスワードが変更されました。", "token-password"),
    ],
)
def test_words_of_a_dictionary_decide_where_only_few_causes_are_left(text: str, known: str) -> None:
    assert [one.id for one in explain_text(text)] == [known]


def test_the_same_words_without_the_number_prove_nothing() -> None:
    for text in (
        "Diese Nachricht wird außerhalb der Öffnungszeiten gesendet.",
        "Une autre application contrôle cette conversation.",
        "Das Passwort ist abgelaufen.",
    ):
        assert english_of(text) == ""


def test_no_recorded_reply_in_english_is_taken_for_another_language() -> None:
    replies = [line for line in lines() if line.text.isascii()]
    assert len(replies) > 150
    assert [line.id for line in replies if english_of(line.text)] == []


def test_a_reply_of_facebook_is_classified_by_the_same_words() -> None:
    found = shipped_matching(
        10, None, "(#10) Essa mensagem foi enviada fora do espaço de tempo permitido.", "POST me/messages"
    )
    assert found is not None
    assert found.id == "outside-window"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Bot antwortet nicht, weil eine andere App als primärer Empfänger eingestellt ist", "de"),
        ("Der Bot antwortet nicht", "de"),
        ("El bot dejó de responder después de que un agente contestó en la bandeja de entrada", "es"),
        ("o bot não responde depois que o atendente fala", "pt"),
        ("le bot ne répond plus aux clients", "fr"),
        ("Il bot non risponde più", "it"),
        ("bot tidak membalas pesan pelanggan", "id"),
        ("bot không trả lời khách hàng", "vi"),
        ("ตั้งค่า Primary Receiver เป็นแอปอื่น ทำให้แอปของเราไม่ได้รับข้อความ", "th"),
        ("ボットが Page Inbox のあとで返信しない", "ja"),
        ("机器人不回复客户的消息", "zh"),
        ("البوت لا يرد على العملاء", "ar"),
        ("Bot nie odpowiada klientom", "pl"),
        ("bot müşterilere cevap vermiyor", "tr"),
        ("Bot neodpovídá zákazníkům, proč?", "cs"),
        ("Why do both the bot and a human answer?", "en"),
        ("bot not answering", "en"),
        ("my bot gives no answer at night", "en"),
        ("No default app", ""),
        ("code 190 subcode 463", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_question_is_told(text: str, language: str) -> None:
    assert language_of(text) == language
