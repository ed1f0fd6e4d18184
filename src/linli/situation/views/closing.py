"""Closing a round, which says who is outstanding, and the report that follows."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from linli.core import clock
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.rounds.errors import Outstanding
from linli.rounds.services import close_round
from linli.situation.report import report_view
from linli.situation.selectors.live import closing_state
from linli.situation.selectors.report import report_page
from linli.situation.views.frame import around_round


@requires(Right.ROUND_CLOSE)
@require_http_methods(["GET", "POST"])
def round_close(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Say who is outstanding, or close the round."""
    if request.method == "POST":
        return _close(request, round_id)
    board = closing_state(request.actor, round_id)
    if board.round.is_closed:
        return redirect("round_report", round_id=round_id)
    return _page(request, board, {"missing": board.missing, "more": board.missing_more})


def _close(request: LinliRequest, round_id: UUID) -> HttpResponse:
    try:
        close_round(request.actor, round_id)
    except Outstanding as refusal:
        board = closing_state(request.actor, round_id)
        refused = {"missing": refusal.missing, "more": refusal.more, "refused": refusal}
        return _page(request, board, refused, status=refusal.status)
    return redirect("round_report", round_id=round_id)


def _page(request: LinliRequest, board: Any, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = around_round(request.actor, board.round)
    return render(request, "situation/close.html", {**frame, "board": board, **context}, status=status)


@requires(Right.FIGURES_READ)
@require_GET
def round_report(request: LinliRequest, round_id: UUID) -> HttpResponse:
    """Show the report of a closed round, or how it would look now."""
    found = report_page(request.actor, round_id)
    context = {**around_round(request.actor, found.round), **report_view(found), "printed_at": clock.now()}
    return render(request, "situation/report.html", context)
