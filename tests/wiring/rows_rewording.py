"""Answers for other words: the edit that takes away each guard, and what gives and tells them."""

from wiring_harness import Edit, Row

REWORDING = "src/quillwort/assistant/rewording"
GATEWAY = "src/quillwort/assistant/gateway"
CHECK = "rewordings_guarded"


def _unguarded(what: str, condition: str, says: str) -> Row:
    return Row(CHECK, f"the guard of {what}", (Edit(f"{REWORDING}/guard.py", condition, "if False:"),), says)


ROWS = (
    _unguarded("likeness", "if not similarity(kept, asked) >= least:", "alike enough gets"),
    _unguarded("numbers", "if one.numbers != other.numbers:", "another number gets"),
    _unguarded(
        "negations",
        "if one.negations != other.negations or _negate({*one.words}, {*other.words}):",
        "a negation gets",
    ),
    _unguarded("names", "if one.names != other.names:", "another name gets"),
    _unguarded("words that turn", "if one.turns != other.turns:", "turns it gets"),
    _unguarded(
        "order",
        "if [word for word in one if word in common] != [word for word in other if word in common]:",
        "another order gets",
    ),
    _unguarded("additions", "if bool(own) != bool(others):", "a word more gets"),
    Row(
        CHECK,
        "the guard of subjects",
        (
            Edit(
                f"{REWORDING}/guard.py",
                'return "subjects" if (own | others) & vocabulary(passages) else None',
                "return None",
            ),
        ),
        says="than the passages' gets",
    ),
    Row(
        CHECK,
        "rights and tenant in the ground",
        (
            Edit(
                f"{REWORDING}/rewordings.py",
                "key_of(rest, named, tenant, scope)",
                'key_of(rest, named, "", "")',
            ),
        ),
        says="another caller gets",
    ),
    Row(
        CHECK,
        "passages in the ground",
        (
            Edit(
                f"{REWORDING}/rewordings.py",
                "key_of(rest, named, tenant, scope)",
                'key_of(replace(rest, content=""), named, tenant, "")',
            ),
        ),
        says="other passages gets",
    ),
    Row(
        CHECK,
        "which question it was written for",
        (
            Edit(
                f"{GATEWAY}/gateway.py",
                "_free(look.given.completion.model, look.given.question)",
                "_free(look.given.completion.model)",
            ),
        ),
        says="does not say which",
    ),
    Row(
        CHECK,
        "questions kept beside their answers",
        (
            Edit(
                f"{GATEWAY}/gateway.py",
                "            await _though_it_fails(look.keep(key))\n",
                "            pass\n",
            ),
        ),
        says="is asked again",
    ),
    Row(
        CHECK,
        "the gateway is given it",
        (Edit("src/quillwort/bootstrap.py", "                reuse,\n", ""),),
        says="is asked again",
    ),
)
