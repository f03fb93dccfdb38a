"""Who finds which documents: everybody all of them, groups theirs, or each person their own."""

from typing import Final

from architect.design.assistant import retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.corpus import asked
from architect.model.decision import Option, Pattern

_OF_TENANTS: Final = (
    "Groups and documents:publish know no tenants: the issuer gives each tenant's groups names of their own.",
    "Whoever has documents:publish sends to every tenant.",
)


def _context(case: Case) -> str:
    needs = asked(case)
    told = {
        "everyone": "Whoever may ask may read everything.",
        "groups": "Groups of people read what is theirs.",
        "owner": "Each reads what is their own.",
    }
    return f"{needs.documents:,.0f} documents. {told.get(needs.access, needs.access)}"


def _options(case: Case) -> tuple[Option, ...]:
    return (_everyone(case), _groups(case), _owner(case))


def _everyone(case: Case) -> Option:
    return offer(
        case,
        "everyone",
        "One corpus for everybody",
        gives=("what one person sends all find: one set of postings and one graph, nothing kept twice",),
        costs=("a document that not all may see must be sent for others, or not at all",),
        infeasible=_not_everyone(case),
    )


def _groups(case: Case) -> Option:
    needs = asked(case)
    return offer(
        case,
        "groups",
        "Each document belongs to a group of readers",
        gives=("one condition of every search: the caller's groups, as their token names them",),
        costs=(
            "groups are kept where people sign in",
            "a document moves to other readers by being sent for them and removed where it was",
        ),
        hours=case.care("access_groups"),
        figures=(
            computed(
                "labels of a caller", 3, "", "their own, everybody's, and a group: postings are read for each"
            ),
        ),
        infeasible="each may see their own alone" if needs.access == "owner" else None,
    )


def _owner(case: Case) -> Option:
    return offer(
        case,
        "owner",
        "Each document belongs to whoever sent it",
        gives=("nothing to administer: the owner claim decides",),
        costs=("what two people need is sent twice",),
        infeasible=None
        if asked(case).access == "owner" or (asked(case).access == "everyone" and _tenants(case))
        else "documents are read by others than their senders",
    )


def _tenants(case: Case) -> bool:
    return case.choice("tenancy") != "single"


def _not_everyone(case: Case) -> str | None:
    if asked(case).access != "everyone":
        return "not everybody may see everything"
    return "everybody would be every tenant's; the owner claim is one tenant's" if _tenants(case) else None


def _explain(case: Case, choice: str) -> Explanation:
    consequences = {
        "everyone": (
            "DOCUMENT_READERS=everyone: a document that names no readers is for all with documents:read.",
            "Sending and removing one takes documents:write and documents:publish.",
        ),
        "groups": (
            "The token's claim AUTH_GROUPS_CLAIM says which groups a caller belongs to.",
            "A document is a group's when a member sends it with `readers=group:<name>`.",
            "A document that names no readers is its sender's; `readers=everyone` takes documents:publish.",
        ),
        "owner": ("AUTH_OWNER_CLAIM names the claim that documents belong to: the person, or their tenant.",),
    }
    return Explanation(
        drivers=(f"access: {asked(case).access}", f"tenancy: {case.choice('tenancy')}"),
        consequences=(
            *consequences.get(choice, ()),
            *(_OF_TENANTS if _tenants(case) and choice == "groups" else ()),
            "Rights are part of every search, before the scores: what may not be seen is never ranked.",
            "A cached answer is found again with the same rights alone.",
        ),
        confirmed_by="assistant_access: a group's document is found by its members alone, and everybody's by "
        "all; retrieval: the document that this caller may not see is in no search and no answer; "
        "security_access: rows of others",
        patterns=(
            Pattern("row-level access", "rights are a condition of the search, not a filter after it"),
        ),
    )


DECISIONS.add(
    "document_access",
    Rule(
        title="Access to documents",
        context=_context,
        options=_options,
        explain=_explain,
        reads=("tenancy",),
        applies=retrieves,
    ),
)
