"""Projects without identity."""

from quillwort.adapters.identity.anonymous import AnonymousVerifier


async def test_everybody_owns_everything_and_is_told_apart_by_address() -> None:
    verifier = AnonymousVerifier()
    first = await verifier.verify(None, "10.0.0.1")
    second = await verifier.verify("Bearer x", "10.0.0.2")
    assert first.owner == second.owner
    assert first.subject != second.subject
    assert "things:read" in first.scopes
    assert "things:write" in first.scopes
    assert "things:admin" not in first.scopes
