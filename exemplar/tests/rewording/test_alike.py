"""What the model that embeds here thinks alike, and what the guards make of it."""

from quillwort.adapters.embedding.minilm import MiniLm
from quillwort.assistant.rewording.guard import Question, refusal, similarity
from quillwort.assistant.rewording.settings import RewordingSettings

LEAST = RewordingSettings().least_similar
PASSAGES = "The tenant pays the landlord. Pets are allowed, cats and dogs."

OPPOSITE = (
    ("Is it safe to retry a POST?", "Is it unsafe to retry a POST?"),
    ("Who pays for repairs up to 200 euros?", "Who pays for repairs up to 300 euros?"),
    ("May I keep a dog in the flat?", "May I not keep a dog in the flat?"),
    ("Does the tenant pay the landlord?", "Does the landlord pay the tenant?"),
    ("How do I move from Berlin to Paris?", "How do I move from Paris to Berlin?"),
)
SAME = (
    ("How do I reset my password?", "How can I reset my password?"),
    ("May I keep a dog in the flat?", "Can I keep a dog in the flat?"),
    ("Who pays for the repairs?", "Who pays for repairs?"),
    ("Which documents are needed for a visa?", "What documents do I need for a visa?"),
)


async def test_guards_tell_apart_what_likeness_does_not() -> None:
    vectors = iter(await MiniLm().embed([text for pair in (*OPPOSITE, *SAME) for text in pair]))
    for pair in OPPOSITE:
        one, other = (Question(text, next(vectors), b"") for text in pair)
        assert similarity(one, other) >= LEAST, pair
        assert refusal(one, other, LEAST, PASSAGES) is not None, pair
    for pair in SAME:
        one, other = (Question(text, next(vectors), b"") for text in pair)
        assert refusal(one, other, LEAST, PASSAGES) is None, pair
