"""Statements are heard as they were sent, and plans that will not last are told from those that will."""

from architect.model.plain import Plain
from architect.verify.plans.explain import faults, outline
from architect.verify.plans.listening import Statement, statements

LOG = """\
2026-01-01 10:00:00.000 UTC [7] shop LOG:  execute <unnamed>: SELECT id,
\t       name
\tFROM orders WHERE id = $1
2026-01-01 10:00:00.000 UTC [7] shop DETAIL:  Parameters: $1 = '1'
2026-01-01 10:00:01.000 UTC [8] shop LOG:  execute _pg3_0: SELECT id,
\t       name
\tFROM orders WHERE id = $1
2026-01-01 10:00:01.000 UTC [9] other LOG:  statement: SELECT 1
2026-01-01 10:00:01.000 UTC [8] shop DETAIL:  Parameters: $1 = 'it''s, $2 = x', $2 = NULL
2026-01-01 10:00:02.000 UTC [8] shop LOG:  statement: BEGIN
2026-01-01 10:00:02.000 UTC [8] shop ERROR:  relation "x" does not exist
"""


def test_statements_are_heard_with_the_parameters_they_were_sent_with_last():
    text = "SELECT id,\n       name\nFROM orders WHERE id = $1"
    assert statements(LOG, "shop") == {
        text: Statement(text, ("'it''s, $2 = x'", "NULL")),
        "BEGIN": Statement("BEGIN"),
    }
    assert [each.verb for each in statements(LOG, "shop").values()] == ["SELECT", "BEGIN"]


def test_another_database_is_not_listened_to():
    assert list(statements(LOG, "other")) == ["SELECT 1"]


BIG = frozenset({"orders"})


def node(kind: str, *children: dict[str, Plain], **more: Plain) -> dict[str, Plain]:
    return {"Node Type": kind, "Actual Rows": 20, "Plans": list(children), **more}


def said(plan: dict[str, Plain]) -> list[str]:
    return [fault.message for fault in faults(plan, BIG)]


def test_an_index_scan_lasts():
    plan = node("Limit", node("Index Scan", **{"Relation Name": "orders", "Index Name": "orders_idx"}))
    assert said(plan) == []
    assert list(outline(plan)) == ["Limit  rows=20", "  Index Scan orders_idx rows=20"]


def test_reading_a_big_table_from_end_to_end_does_not():
    scan = node("Seq Scan", **{"Relation Name": "orders", "Rows Removed by Filter": 9000})
    assert said(node("Limit", scan)) == ["reads all of orders"]
    assert said(node("Seq Scan", **{"Relation Name": "countries"})) == []


def test_sorting_many_rows_for_one_page_does_not():
    rows = node("Index Scan", **{"Actual Rows": 5000})
    assert said(node("Sort", rows, **{"Sort Key": ["name", "id"]})) == ["sorts 5,000 rows by name, id"]
    assert said(node("Sort", node("Index Scan"), **{"Sort Key": ["name"]})) == []


def test_reading_many_rows_in_vain_does_not():
    scan = node("Index Scan", **{"Relation Name": "orders", "Rows Removed by Filter": 4000})
    assert said(scan) == ["reads 4,000 rows of orders in vain"]
