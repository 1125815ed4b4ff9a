from pathlib import Path

import pytest

from wizard.core.saved_file import SavedFileError, SavedFileProblem
from wizard.core.target import TargetProblem, TargetTrouble
from wizard.words import saved_files, targets


@pytest.mark.parametrize("problem", list(TargetProblem))
def test_every_refusal_says_what_happened_and_what_to_do(problem: TargetProblem) -> None:
    said = targets.said(TargetTrouble(problem, "/srv/{bot}/.env", "HANDOVER_APP_ID", limit=1_000_000, system="EIO"))
    for sentence in (said.text, said.action):
        assert sentence.endswith(".")
        assert "{path}" not in sentence
        assert "{key}" not in sentence
        assert "{limit}" not in sentence
    assert said.details == "EIO"


def test_a_refusal_names_file_key_and_lines() -> None:
    one = targets.said(TargetTrouble(TargetProblem.NOT_UNDERSTOOD, key="HANDOVER_APP_ID", lines=(7,)))
    two = targets.said(TargetTrouble(TargetProblem.DUPLICATE_KEY, key="HANDOVER_APP_ID", lines=(3, 9)))
    assert "HANDOVER_APP_ID" in one.text
    assert one.text.endswith("It is line 7.")
    assert two.text.endswith("These are the lines 3, 9.")
    assert "/srv/bot" in targets.said(TargetTrouble(TargetProblem.DIRECTORY, path="/srv/bot")).text


@pytest.mark.parametrize("problem", list(SavedFileProblem))
def test_every_trouble_with_a_saved_file_is_said(problem: SavedFileProblem) -> None:
    text, action = saved_files.said(SavedFileError(problem, Path("/home/x/page.handover.json")))
    assert "page.handover.json" in text
    assert action
