from wizard.store.places import LIFE, PRACTICE, Places


def test_practice_and_life_share_no_place() -> None:
    life, practice = Places(LIFE), Places(PRACTICE)
    names = ("config", "state", "logs", "answers", "tokens", "setups", "presets", "journal", "backups")
    for name in names:
        here, there = getattr(life, name), getattr(practice, name)
        assert not here.is_relative_to(there)
        assert not there.is_relative_to(here)
        assert LIFE in here.parts
        assert PRACTICE in there.parts


def test_asking_for_places_makes_nothing() -> None:
    places = Places("handover-wizard-never-used")
    assert not places.journal.exists()
    assert not places.config.exists()
    assert not places.logs.exists()
