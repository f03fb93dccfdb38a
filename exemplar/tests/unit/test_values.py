"""Shared values."""

from quillwort.domain.values import UNSET, kept, new_id


def test_ids_are_of_version_7_and_in_the_order_of_time() -> None:
    ids = [new_id() for _ in range(1000)]
    assert {key.version for key in ids} == {7}
    assert {key.variant for key in ids} == {"specified in RFC 4122"}
    assert len(set(ids)) == 1000
    moments = [key.int >> 80 for key in ids]
    assert moments == sorted(moments)


def test_unset_keeps_and_null_replaces() -> None:
    assert kept(UNSET, "old") == "old"
    assert kept("new", "old") == "new"
    assert kept(None, "old") is None
