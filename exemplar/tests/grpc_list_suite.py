"""What the list of every entity does."""

import pytest

from grpc_asking import Suite, at_fault
from grpc_resource import Caller


class ListSuite(Suite):
    """Pages, orders and filters."""

    async def test_pages_lead_to_the_end(self, alice: Caller) -> None:
        made = [(await alice.make(number)).id for number in range(5)]

        pages: list[list[str]] = []
        token = ""
        for _ in range(3):
            page = await alice.page(page_size=2, page_token=token)
            pages.append([item.id for item in getattr(page, self.resource.items)])
            token = page.next_page_token

        assert token == ""
        assert [len(page) for page in pages] == [2, 2, 1]
        assert [one for page in pages for one in page] == made[::-1]

    async def test_every_order_can_be_turned_round(self, alice: Caller) -> None:
        made = {(await alice.make(number)).id for number in range(3)}

        for name in self.resource.sorts:
            ascending = await alice.listed(order_by=name)
            descending = await alice.listed(order_by=f"-{name}")
            assert ascending == descending[::-1]
            assert set(ascending) == made

    async def test_every_order_can_be_paged(self, alice: Caller) -> None:
        made = {(await alice.make(number)).id for number in range(3)}

        for order in (sign + name for name in self.resource.sorts for sign in ("", "-")):
            first = await alice.page(order_by=order, page_size=2)
            rest = await alice.listed(order_by=order, page_size=2, page_token=first.next_page_token)
            assert {one.id for one in getattr(first, self.resource.items)} | set(rest) == made

    async def test_every_filter_finds_what_it_names_and_nothing_else(self, alice: Caller) -> None:
        made = await alice.make()

        for name, field in self.resource.filters.items():
            assert await alice.listed(**{name: getattr(made, field)}) == [made.id], name
        for name, value in self.resource.misses.items():
            assert await alice.listed(**{name: value}) == [], name

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("page_size", -1),
            ("page_token", "nonsense"),
            ("page_token", "x" * 10_000),
            ("order_by", "nonsense"),
            ("order_by", "created_at; DROP TABLE"),
        ],
    )
    async def test_a_wrong_list_request_names_its_field(
        self, alice: Caller, field: str, value: object
    ) -> None:
        assert await at_fault(alice.page(**{field: value})) == {field}

    async def test_a_token_serves_the_order_it_was_given_for(self, alice: Caller) -> None:
        for number in range(2):
            await alice.make(number)
        page = await alice.page(page_size=1, order_by="created_at")

        token = page.next_page_token

        assert await at_fault(alice.page(page_token=token, order_by="-created_at")) == {
            "page_token"
        }

    async def test_a_page_never_grows_beyond_what_is_allowed(self, alice: Caller) -> None:
        made = await alice.make()

        assert await alice.listed(page_size=1_000_000) == [made.id]
