"""Translation → file, always in the same form."""

from collections import Counter

from kring.core.instruments import AnswerKind, Item, Question
from kring.library.house_yaml import Node, Token, written_yaml
from kring.library.instrument_translation import Translation

Words = tuple[tuple[int, str], ...]  # code and label of each answer


def written_translation(translation: Translation) -> str:
    """The file of this translation. Texts must be tidy: no white space at their ends."""
    of = translation.instrument
    counted: Counter[Words] = Counter(_words(item) for item in of.items if item.kind is AnswerKind.CHOICE)
    shared: Words = max(counted, key=lambda words: counted[words], default=())
    head: dict[str, Node] = {
        "of": f"{of.key}-{of.version}",
        "language": of.language,
        "status": Token(translation.status),
        "title": of.title,
        "validity_note": translation.validity_note,
        "promise": of.promise,
    }
    if of.introduction:
        head["introduction"] = of.introduction
    parts: dict[str, dict[str, Node]] = {
        "options": _labels(shared),
        "items": {item.key: _item(item, shared) for item in of.items},
        "scales": {each.key: {"title": each.title, **({"meaning": each.meaning} if each.meaning else {})} for each in of.scales},
        "questions": {question.key: _question(question) for question in of.questions},
    }
    return written_yaml([head, *({name: part} for name, part in parts.items() if part)])


def _question(question: Question) -> Node:
    return {"text": question.text, "options": _labels(_words(question))} if question.options else question.text


def _words(item: Item | Question) -> Words:
    return tuple((option.code, option.label) for option in item.options)


def _labels(words: Words) -> dict[str, Node]:
    return {str(code): label for code, label in words}


def _item(item: Item, shared: Words) -> Node:
    """Only its text, when its answers are those of most of the list."""
    made: dict[str, Node] = {"text": item.text}
    if item.kind is AnswerKind.NUMBER:
        ends = (("low_label", item.options[0]), ("high_label", item.options[-1]))
        made.update({name: end.label for name, end in ends if end.label != str(end.code)})
    elif item.options and _words(item) != shared:
        made["options"] = _labels(_words(item))
    if item.audio:
        made["audio"] = item.audio
    return item.text if len(made) == 1 else made
