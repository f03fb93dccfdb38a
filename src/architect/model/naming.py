"""Names in the conventions of the files they go into; English plurals for tables and paths.

``inflect`` knows more words, but takes longer to import than a whole brief takes to read.
"""

import re

_IRREGULAR = {
    "person": "people",
    "child": "children",
    "man": "men",
    "woman": "women",
    "mouse": "mice",
    "foot": "feet",
    "tooth": "teeth",
    "criterion": "criteria",
    "datum": "data",
    "medium": "media",
    "matrix": "matrices",
    "leaf": "leaves",
    "shelf": "shelves",
    "half": "halves",
    "life": "lives",
    "knife": "knives",
    "wolf": "wolves",
    "quiz": "quizzes",
    "hero": "heroes",
    "potato": "potatoes",
    "tomato": "tomatoes",
    "echo": "echoes",
    "analysis": "analyses",
    "diagnosis": "diagnoses",
    "basis": "bases",
    "crisis": "crises",
    "thesis": "theses",
    "hypothesis": "hypotheses",
    "axis": "axes",
    "lens": "lenses",
    "menu": "menus",
    "taxi": "taxis",
}
_SINGULAR = {plural: singular for singular, plural in _IRREGULAR.items()} | {
    "movies": "movie",
    "cookies": "cookie",
    "ties": "tie",
    "pies": "pie",
    "calories": "calorie",
    "caches": "cache",
    "axes": "axis",
    "bases": "base",
    "databases": "database",
}
_UNCHANGED = frozenset(
    {"aircraft", "data", "equipment", "feedback", "fish", "information", "inventory", "media", "news"}
    | {"series", "sheep", "species", "staff"}
)
"""Words with one form for both numbers; as names their plural takes an ``_list`` so that both stay apart."""

_SINGULAR_ENDINGS = (
    (re.compile(r"people$"), "person"),
    (re.compile(r"([^aeiou])ies$"), r"\1y"),
    (re.compile(r"(ss|sh|ch|x|zz|[^aeiou]us|tatus|onus)es$"), r"\1"),
    (re.compile(r"([^sui])s$"), r"\1"),
)

_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


def words(name: str) -> list[str]:
    """Return the lower-case words of a name in any convention ("OrderLine" -> ["order", "line"])."""
    return [word.lower() for word in _WORD.findall(name)]


def snake_case(name: str) -> str:
    """Return ``order_line`` for "OrderLine", "order line" or "order-line"."""
    return "_".join(words(name))


def kebab_case(name: str) -> str:
    """Return ``order-line`` for "OrderLine"."""
    return "-".join(words(name))


def pascal_case(name: str) -> str:
    """Return ``OrderLine`` for "order line"."""
    return "".join(word.capitalize() for word in words(name))


def title_case(name: str) -> str:
    """Return ``Order line`` for "OrderLine"."""
    return " ".join(words(name)).capitalize()


def plural_word(word: str) -> str:
    """Return the plural of one lower-case English noun, always different from the singular."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _UNCHANGED:
        return f"{word}_list"
    if word.endswith(("person", "child")):
        return word.removesuffix("person") + "people" if word.endswith("person") else f"{word}ren"
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if word.endswith("sis"):
        return f"{word[:-2]}es"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def singular_word(word: str) -> str:
    """Return the singular of one lower-case English noun; a singular comes back as it is."""
    if word in _UNCHANGED or word in _IRREGULAR:
        return word
    if word in _SINGULAR:
        return _SINGULAR[word]
    for pattern, replacement in _SINGULAR_ENDINGS:
        if pattern.search(word):
            return pattern.sub(replacement, word)
    return word


def plural(name: str) -> str:
    """Return the snake_case plural of a name ("OrderLine" -> "order_lines")."""
    *head, last = words(name) or [name]
    return "_".join([*head, plural_word(last)])


def singular(name: str) -> str:
    """Return the snake_case singular of a name ("OrderLines" -> "order_line")."""
    *head, last = words(name) or [name]
    return "_".join([*head, singular_word(last)])
