"""The arithmetic of a round from two sides: what it counted as it happened, and the rows of its targets."""

from linli.rounds.models import Round, Visit
from linli.rounds.rules.account import LEAVING, Account, Counted, account_of
from linli.rounds.sql import rows_of

_LEAVING_VISITS = (Visit.Result.MOVED, Visit.Result.DEAD, Visit.Result.VACANT)

_ACCOUNT = """
select (select json_agg(json_build_array(joined, outcome, people))
        from (select joined, outcome, count(*) as people from rounds_target where of_round group by 1, 2) rows),
       r.frozen, r.newcomers,
       (select count(*) from rounds_statement s join rounds_target t on t.community = s.community and t.id = s.target_id
        where of_round(s) and s.id = t.evidence_id and s.outcome = any(%(leaving)s))
       + (select count(*) from rounds_visit s join rounds_target t on t.community = s.community and t.id = s.target_id
          where of_round(s) and s.id = t.evidence_id and s.result = any(%(seen_leaving)s))
from rounds_round r where r.community = %(community)s and r.id = %(round)s
"""
"""Rows and records in one query, so that both are of one moment."""

_FROZEN_DIGEST = """
select encode(sha256(convert_to(coalesce(string_agg(id::text, ',' order by id), ''), 'UTF8')), 'hex')
from rounds_target where of_round and joined = 'frozen'
"""
"""What `joining.digest_of` makes of the frozen targets, without carrying their ids here."""


def account_for(round: Round) -> Account:
    """Return who was to be reached and what became of them; leavers are those whose evidence says that they left."""
    leaving = [str(outcome) for outcome in LEAVING]
    seen_leaving = [str(result) for result in _LEAVING_VISITS]
    rows, *counted = rows_of(_ACCOUNT, round, leaving=leaving, seen_leaving=seen_leaving)[0]
    return account_of({(joined, outcome): people for joined, outcome, people in rows or ()}, Counted(*counted))


def frozen_are_there(round: Round) -> bool:
    """Tell whether the targets frozen at T0 are the same ones still: none has vanished, none was put among them."""
    return rows_of(_FROZEN_DIGEST, round) == [(round.frozen_digest,)]
