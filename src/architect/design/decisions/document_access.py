"""Who finds which documents: everybody all of them, groups theirs, or each person their own."""

from architect.design.assistant import retrieves
from architect.design.case import Case
from architect.design.rule import DECISIONS, Explanation, Rule, computed, offer
from architect.design.sizing.corpus import asked
from architect.model.decision import Option, Pattern


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
        gives=("one set of postings and one graph: nothing is filtered, nothing is kept twice",),
        costs=("a document that not all may see must not be sent",),
        infeasible=None if asked(case).access == "everyone" else "not everybody may see everything",
    )


def _groups(case: Case) -> Option:
    needs = asked(case)
    return offer(
        case,
        "groups",
        "Each document belongs to a group of readers",
        gives=("one condition of every search: the caller's groups, as their token names them",),
        costs=("groups are kept where people sign in; a document moves between groups by being sent again",),
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
        if asked(case).access == "owner"
        else "documents are read by others than their senders",
    )


def _explain(case: Case, choice: str) -> Explanation:
    consequences = {
        "everyone": ("Scopes alone decide: who may read and who may send.",),
        "groups": ("Groups come from the caller's token; no request's body can name others.",),
        "owner": ("AUTH_OWNER_CLAIM names the claim that documents belong to: the person, or their tenant.",),
    }
    return Explanation(
        drivers=(f"access: {asked(case).access}", f"tenancy: {case.choice('tenancy')}"),
        consequences=(
            *consequences.get(choice, ()),
            "Rights are part of every search, before the scores: what may not be seen is never ranked.",
            "A cached answer is found again with the same rights alone.",
        ),
        confirmed_by="retrieval: the document that this caller may not see is in no search and no answer; "
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
