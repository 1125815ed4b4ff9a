"""Sentences of this world that people read in their own language: kept in English, translated where they are shown."""


def mark(sentence: str) -> str:
    """Return the sentence, which the translators find by this mark."""
    return sentence
