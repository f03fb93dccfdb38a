"""What every resource must do over REST, down to the database."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

import httpx
import pytest
from pydantic_core import to_jsonable_python

from callers import bearer, everyday
from example import Example

JSON = {"Content-Type": "application/json"}
PATCH = {"Content-Type": "application/merge-patch+json"}


class Desk:
    """Does what a caller does, for any resource."""

    def __init__(self, client: httpx.AsyncClient, example: Example, name: str = "alice") -> None:
        self.client = client
        self.example = example
        self.path = f"/v1/{example.plural}"
        self.headers = everyday(name, example)
        self.name = name
        self.count = 0

    async def payload(self, **changes: object) -> dict[str, Any]:
        """Return a body that makes one more, with something for each reference."""
        self.count += 1
        body = self.example.values(self.count) | await self.links() | changes
        return to_jsonable_python(body)

    async def links(self) -> dict[str, str]:
        """Make something for each reference and return the ids."""
        links = {}
        for field, target in self.example.references.items():
            desk = Desk(self.client, target, self.name)
            desk.count = self.count * 1000
            links[field] = (await desk.make())["id"]
        return links

    async def make(self, **changes: object) -> dict[str, Any]:
        """Make one more."""
        answer = await self.post(await self.payload(**changes))
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def post(self, body: Any) -> httpx.Response:
        return await self.client.post(self.path, json=body, headers=self.headers)

    async def get(self, key: str, **headers: str) -> httpx.Response:
        return await self.client.get(f"{self.path}/{key}", headers=self.headers | headers)

    async def list(self, **query: Any) -> httpx.Response:
        return await self.client.get(self.path, params=query, headers=self.headers)

    async def patch(self, key: str, body: Any, if_match: str | None = None) -> httpx.Response:
        headers = self.headers | PATCH | _condition(if_match)
        return await self.client.patch(f"{self.path}/{key}", json=body, headers=headers)

    async def delete(self, key: str, if_match: str | None = None) -> httpx.Response:
        headers = self.headers | _condition(if_match)
        return await self.client.delete(f"{self.path}/{key}", headers=headers)

    async def move(self, key: str, name: str, if_match: str | None = None) -> httpx.Response:
        headers = self.headers | _condition(if_match)
        return await self.client.post(f"{self.path}/{key}/{name}", headers=headers)


class _Resource:
    """What the suites share."""

    example: ClassVar[Example]

    @pytest.fixture
    def desk(self, client: httpx.AsyncClient) -> Desk:
        return Desk(client, self.example)


class ResourceSuite(_Resource):
    """Making, reading, listing, changing and deleting."""

    async def test_what_is_made_is_shown_everywhere_alike(self, desk: Desk) -> None:
        body = await desk.payload()
        answer = await desk.post(body)
        assert answer.status_code == 201
        made = answer.json()
        assert {field: made[field] for field in body} == body
        assert made["version"] == 1
        assert answer.headers["etag"] == '"1"'
        assert answer.headers["location"] == f"{desk.path}/{made['id']}"
        shown = await desk.client.get(answer.headers["location"], headers=desk.headers)
        assert (shown.status_code, shown.json(), shown.headers["etag"]) == (200, made, '"1"')
        assert (await desk.list()).json() == {"items": [made], "next_cursor": None}

    async def test_what_is_left_out_has_its_default(self, desk: Desk) -> None:
        body = await desk.payload()
        answer = await desk.post({name: body[name] for name in self.example.required})
        expected = to_jsonable_python(dict(self.example.defaults))
        expected |= dict.fromkeys(self.example.nullable)
        assert {field: answer.json()[field] for field in expected} == expected

    async def test_each_broken_rule_is_named(self, desk: Desk) -> None:
        made = await desk.make()
        for field, value in self.example.broken.items():
            broken = {field: to_jsonable_python(value)}
            for answer in (
                await desk.post(await desk.payload() | broken),
                await desk.patch(made["id"], broken),
            ):
                assert _named(answer) == {field}

    async def test_no_value_passes_for_another_type(self, desk: Desk) -> None:
        for field in self.example.broken:
            answer = await desk.post(await desk.payload() | {field: [True]})
            assert _named(answer) == {field}

    async def test_what_is_required_must_be_there_and_not_be_null(self, desk: Desk) -> None:
        made = await desk.make()
        empty = await desk.post({})
        missing = _named(empty) if empty.status_code == 422 else set()
        assert missing == set(self.example.required)
        for field in self.example.required:
            assert _named(await desk.post(await desk.payload() | {field: None})) == {field}
            assert _named(await desk.patch(made["id"], {field: None})) == {field}

    async def test_nobody_sets_what_only_the_service_sets(self, desk: Desk) -> None:
        made = await desk.make()
        for field in made.keys() - self.example.rules.keys():
            assert _named(await desk.post(await desk.payload() | {field: made[field]})) == {field}
            assert _named(await desk.patch(made["id"], {field: made[field]})) == {field}
        assert (await desk.get(made["id"])).json() == made

    async def test_a_patch_changes_what_it_names_and_null_clears(self, desk: Desk) -> None:
        made = await desk.make()
        other = to_jsonable_python(dict(self.example.other))
        changed = (await desk.patch(made["id"], other)).json()
        assert {field: changed[field] for field in other} == other
        cleared = dict.fromkeys(self.example.nullable)
        answer = await desk.patch(made["id"], cleared)
        assert (answer.status_code, answer.headers["etag"]) == (200, '"3"')
        expected = changed | cleared | {"version": 3, "updated_at": answer.json()["updated_at"]}
        assert answer.json() == expected
        assert (await desk.get(made["id"])).json() == expected

    async def test_an_entity_tag_guards_a_change(self, desk: Desk) -> None:
        made = await desk.make()
        change = to_jsonable_python(dict(self.example.other)) or await desk.links()
        stale = await desk.patch(made["id"], change, '"7"')
        assert (stale.status_code, stale.json()["code"]) == (412, "version_mismatch")
        assert (await desk.delete(made["id"], '"7"')).status_code == 412
        for malformed in ('W/"1"', '"1", "2"', "x", '"1'):
            assert _named(await desk.patch(made["id"], change, malformed)) == {"If-Match"}
        assert (await desk.patch(made["id"], change, '"1"')).status_code == 200
        assert (await desk.patch(made["id"], change, "*")).status_code == 200
        assert (await desk.delete(made["id"], '"3"')).status_code == 204

    async def test_a_unique_value_is_taken_once(self, desk: Desk) -> None:
        made = await desk.make()
        second = await desk.make()
        for field in self.example.unique:
            taken = {field: made[field]}
            for answer in (
                await desk.post(await desk.payload() | taken),
                await desk.patch(second["id"], taken),
            ):
                assert (answer.status_code, answer.json()["code"]) == (409, "already_exists")

    async def test_a_reference_must_exist_and_holds(self, desk: Desk) -> None:
        made = await desk.make()
        for field, target in self.example.references.items():
            answer = await desk.post(await desk.payload() | {field: str(uuid4())})
            assert (answer.status_code, answer.json()["code"]) == (409, "reference_missing")
            held = await Desk(desk.client, target).delete(made[field])
            assert (held.status_code, held.json()["code"]) == (409, "still_referenced")

    async def test_what_is_deleted_is_gone(self, desk: Desk) -> None:
        made = await desk.make()
        answer = await desk.delete(made["id"])
        assert (answer.status_code, answer.content) == (204, b"")
        assert (await desk.get(made["id"])).status_code == 404
        assert (await desk.delete(made["id"])).status_code == 404

    async def test_what_never_was_is_not_found(self, desk: Desk) -> None:
        for answer in (
            await desk.get(str(uuid4())),
            await desk.patch(str(uuid4()), {}),
            await desk.delete(str(uuid4())),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
        assert (await desk.get("nonsense")).status_code == 422

    async def test_pages_give_every_row_once_in_every_order(self, desk: Desk) -> None:
        made = [await desk.make() for _ in range(3)]
        made.append(await desk.make(**self.example.other))
        for sort in self.example.sorts:
            upwards = await self._all(desk, sort)
            assert await self._all(desk, f"-{sort}") == upwards[::-1]
            assert sorted(item["id"] for item in upwards) == sorted(item["id"] for item in made)

    async def _all(self, desk: Desk, sort: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        query: dict[str, Any] = {"sort": sort, "limit": 3}
        while True:
            page = (await desk.list(**query)).json()
            items.extend(page["items"])
            if page["next_cursor"] is None:
                return items
            query["cursor"] = page["next_cursor"]

    async def test_a_filter_shows_what_it_names(self, desk: Desk) -> None:
        made = await desk.make()
        other = await desk.make(**self.example.other)
        for name, comparison in self.example.filters.items():
            value = made[comparison.field]
            asked = str(value).lower() if isinstance(value, bool) else value
            items = (await desk.list(**{name: asked})).json()["items"]
            assert made in items
            if comparison.bound == "equal" and other[comparison.field] != value:
                assert items == [made]

    async def test_what_cannot_be_asked_is_refused(self, desk: Desk) -> None:
        for query, field in (
            ({"limit": 0}, "limit"),
            ({"limit": 101}, "limit"),
            ({"limit": "x"}, "limit"),
            ({"sort": "nothing"}, "sort"),
            ({"cursor": "nonsense"}, "cursor"),
            ({"nothing": 1}, "nothing"),
            ({"limit": [1, 2]}, "query"),
        ):
            assert _named(await desk.list(**query)) == {field}

    async def test_scopes_are_asked_for(self, desk: Desk) -> None:
        made = await desk.make()
        read, write = self.example.access.everyday
        body = await desk.payload()
        desk.headers = bearer("alice", read)
        for answer in (
            await desk.post(body),
            await desk.patch(made["id"], {}),
            await desk.delete(made["id"]),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")
        desk.headers = bearer("alice", write)
        for answer in (await desk.get(made["id"]), await desk.list()):
            assert answer.status_code == 403

    async def test_the_documented_example_is_accepted(self, desk: Desk) -> None:
        document = (await desk.client.get("/openapi.json")).json()
        operation = document["paths"][desk.path]["post"]
        example = operation["requestBody"]["content"]["application/json"]["example"]
        links = await desk.links()
        answer = await desk.post(example | links)
        assert answer.status_code == 201
        change = document["paths"][self.example.path]["patch"]
        body = change["requestBody"]["content"]["application/merge-patch+json"]["example"]
        body |= {field: key for field, key in links.items() if field in body}
        assert (await desk.patch(answer.json()["id"], body)).status_code == 200


class OwnedResourceSuite(ResourceSuite):
    """The same, and every owner alone."""

    async def test_rows_of_another_owner_are_not_found(
        self, desk: Desk, client: httpx.AsyncClient
    ) -> None:
        made = await desk.make()
        bob = Desk(client, self.example, "bob")
        for answer in (
            await bob.get(made["id"]),
            await bob.patch(made["id"], {}),
            await bob.delete(made["id"]),
        ):
            assert answer.status_code == 404
        assert (await bob.list()).json()["items"] == []
        assert (await desk.get(made["id"])).json() == made

    async def test_the_owner_is_the_caller(self, desk: Desk) -> None:
        assert (await desk.make())["owner_id"] == "alice"

    async def test_references_stay_with_their_owner(
        self, desk: Desk, client: httpx.AsyncClient
    ) -> None:
        bob = Desk(client, self.example, "bob")
        bob.count = 100
        links = await bob.links()
        for field in self.example.confined:
            answer = await desk.post(await desk.payload() | {field: links[field]})
            assert (answer.status_code, answer.json()["code"]) == (409, "reference_missing")


class TransitionSuite(_Resource):
    """States."""

    async def test_a_transition_leads_where_it_says_or_is_refused(self, desk: Desk) -> None:
        for walk in self.example.walks:
            made = await desk.make()
            for step in walk.path:
                assert (await desk.move(made["id"], step)).status_code == 200
            version = 1 + len(walk.path)
            stale = await desk.move(made["id"], walk.transition, '"99"')
            assert stale.status_code == 412
            answer = await desk.move(made["id"], walk.transition, f'"{version}"')
            if walk.status is None:
                assert (answer.status_code, answer.json()["code"]) == (409, "transition_refused")
            else:
                assert answer.status_code == 200
                assert answer.json()["status"] == walk.status
                assert answer.headers["etag"] == f'"{version + 1}"'


def _condition(if_match: str | None) -> Mapping[str, str]:
    return {} if if_match is None else {"If-Match": if_match}


def _named(answer: httpx.Response) -> set[str]:
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "invalid_input"), answer.text
    return {error["field"].partition(".")[0] for error in problem["errors"]}
