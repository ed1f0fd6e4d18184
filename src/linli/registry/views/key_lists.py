"""Pages of key lists: which are kept, who is on them, what is due and what was done (R43, R44)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.core import clock
from linli.core.accounts import who_holds
from linli.core.errors import NotFound
from linli.core.rights import Right
from linli.core.web import LinliRequest, requires
from linli.places.selectors import city_name, community_name, community_names
from linli.registry.access import access_person
from linli.registry.forms import people_in
from linli.registry.key_forms import USUALLY_KEPT, DeedForm, KeyListForm, PutOnForm, TakeOffForm, initial_of
from linli.registry.key_kinds import KINDS, beginning
from linli.registry.selectors.cards import person_card
from linli.registry.selectors.key_lists import (
    PER_PAGE,
    SHOWS,
    ListShown,
    entry_card,
    key_list,
    key_lists,
    lists_everywhere,
    lists_without,
)
from linli.registry.services.key_entries import (
    give_to_keeper,
    put_on_key_list,
    record_deed,
    take_back_deed,
    take_off_key_list,
)
from linli.registry.services.key_lists import (
    KeyListWords,
    bring_up_to_date,
    change_key_list,
    end_key_list,
    make_key_list,
)
from linli.registry.views.frame import behind_search, tried


def _frame(request: LinliRequest, community: int, *above: ListShown) -> dict[str, Any]:
    """Return the frame of a page about key lists: the way back to all of them, and to one."""
    crumbs = [{"url": reverse("registry:key_lists", args=[community]), "label": _("Key lists")}]
    crumbs += [{"url": reverse("registry:key_list", args=[one.id]), "label": one.name} for one in above]
    return {
        "community": community,
        "community_name": community_name(request.actor, community),
        "crumbs": crumbs,
        "may_write": request.actor.has(Right.KEY_LIST_WRITE, community),
        "may_record": request.actor.has(Right.KEY_LIST_RECORD, community),
        "may_search": request.actor.has(Right.PERSON_SEARCH, community),
        "today": clock.today(),
    }


@requires(Right.KEY_LIST_READ)
@never_cache
@require_GET
def everywhere(request: LinliRequest) -> HttpResponse:
    """Show every key list that is open to whoever asks, the most due first."""
    found = lists_everywhere(request.actor)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = community_names(request.actor, {one.community for one in page})
    context = {
        "page": page,
        "rows": [(one, names[one.community]) for one in page],
        "due": sum(one.due for one in found),
    }
    return render(request, "registry/key_lists_everywhere.html", context)


@requires(Right.KEY_LIST_READ)
@never_cache
@require_GET
def lists(request: LinliRequest, community: int) -> HttpResponse:
    """Show the key lists of a community, and the ready-made ones to begin from."""
    found = key_lists(request.actor, community)
    frame = _frame(request, community)
    kept = {one.name for one in found if not one.ended_at}
    context = {
        **frame,
        "crumbs": [],
        "lists": [one for one in found if not one.ended_at],
        "ended": [one for one in found if one.ended_at],
        "due": sum(one.due for one in found),
        "kinds": [(key, kind) for key, kind in KINDS.items() if str(kind.name) not in kept],
    }
    return render(request, "registry/key_lists.html", context)


@requires(Right.KEY_LIST_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: LinliRequest, community: int) -> HttpResponse:
    """Begin a key list, from a ready-made one (`kind`) or from nothing."""
    if not request.actor.has(Right.KEY_LIST_WRITE, community):
        raise NotFound
    keepers = who_holds(Right.KEY_LIST_RECORD, community)
    begun = beginning(request.GET.get("kind", ""), city_name(request.actor, community), community)
    ends_on = clock.today() + USUALLY_KEPT
    words = KeyListWords(
        **{"name": "", "purpose": "", "task": "", "keeper": request.actor.name, "ends_on": ends_on, **begun}
    )
    form = KeyListForm(request.POST if request.method == "POST" else None, initial=initial_of(words), keepers=keepers)
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: make_key_list(request.actor, community, form.words()))
        if made:
            messages.success(request, _("The list is kept. It stays up to date by itself."))
            return redirect("registry:key_list", made.pk)
    context = {**_frame(request, community), "form": form}
    return render(request, "registry/key_list_edit.html", context, status=422 if form.errors else 200)


@requires(Right.KEY_LIST_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: LinliRequest, list_id: UUID) -> HttpResponse:
    """Change what a key list is and whom its rule puts on it."""
    shown = key_list(request.actor, list_id, size=1).key_list
    words = KeyListWords(
        shown.name, shown.purpose, shown.task, shown.keeper, shown.ends_on, shown.every_days, shown.stays_days,
        shown.department_code, shown.rule,
    )  # fmt: skip
    keepers = who_holds(Right.KEY_LIST_RECORD, shown.community)
    form = KeyListForm(request.POST if request.method == "POST" else None, initial=initial_of(words), keepers=keepers)
    if form.is_bound and form.is_valid() and tried(form, lambda: change_key_list(request.actor, list_id, form.words())):
        messages.success(request, _("Saved. The list is up to date."))
        return redirect("registry:key_list", list_id)
    context = {**_frame(request, shown.community, shown), "form": form, "list": shown}
    return render(request, "registry/key_list_edit.html", context, status=422 if form.errors else 200)


@requires(Right.KEY_LIST_READ)
@never_cache
@require_GET
def one(request: LinliRequest, list_id: UUID) -> HttpResponse:
    """Show who of a key list is due, is on it, or has left it, in the order of doors."""
    show = request.GET.get("show", "")
    number = request.GET.get("page", "")
    page_number = min(int(number), 10**4) if number.isascii() and number.isdecimal() else 1
    keeper = request.GET.get("keeper", "").replace("\0", "")
    show = show if show in SHOWS else "due"
    listed = key_list(request.actor, list_id, show=show, keeper=keeper, page=page_number)
    shown = listed.key_list
    if not listed.entries and listed.count:
        listed = key_list(request.actor, list_id, show=show, keeper=keeper)
        page_number = 1
    frame = _frame(request, shown.community)
    context = {
        **frame,
        "list": shown,
        "entries": listed.entries,
        "count": listed.count,
        "show": show,
        "keeper": keeper,
        "keepers": listed.keepers,
        "all_keepers": who_holds(Right.KEY_LIST_RECORD, shown.community).items() if frame["may_write"] else (),
        "page": Paginator(range(listed.count), PER_PAGE).get_page(page_number),
    }
    return render(request, "registry/key_list.html", context)


@requires(Right.KEY_LIST_WRITE)
@require_POST
def act(request: LinliRequest, list_id: UUID) -> HttpResponse:
    """Bring a list up to date, end it, or give the people who are ticked to somebody else."""
    if "end" in request.POST:
        ended = end_key_list(request.actor, list_id)
        messages.success(request, _("“%(name)s” has ended; it can still be read.") % {"name": ended.name})
        return redirect("registry:key_lists", ended.community)
    if "give" in request.POST:
        given = give_to_keeper(
            request.actor, list_id, people_in(request.POST.getlist("entry")), request.POST.get("keeper", "")
        )
        messages.success(
            request, ngettext("%(n)d person changed hands.", "%(n)d people changed hands.", given) % {"n": given}
        )
    else:
        bring_up_to_date(request.actor, key_list(request.actor, list_id, size=1).key_list.community)
        messages.success(request, _("The list is up to date."))
    return redirect("registry:key_list", list_id)


@requires(Right.KEY_LIST_RECORD)
@require_POST
def done(request: LinliRequest, listed_id: UUID) -> HttpResponse:
    """Write down in one tap that the task was done or that nobody was reached, or take that back."""
    if "back" in request.POST:
        deed = take_back_deed(request.actor, listed_id)
        messages.success(request, _("Taken back; it is due again."))
    else:
        told = request.POST.get("result", "")
        deed = record_deed(request.actor, listed_id, told, seen=request.POST.get("seen", ""))
        messages.success(request, _("Written down."))
    listed = entry_card(request.actor, deed.entry_id)[0]
    where = {key: request.POST[key] for key in ("show", "keeper", "page") if request.POST.get(key)}
    return redirect(reverse("registry:key_list", args=[listed.id], query=where))


@requires(Right.KEY_LIST_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def entry(request: LinliRequest, listed_id: UUID) -> HttpResponse:
    """Show somebody on a list with what was done; write down more, with words and the next day."""
    shown, person, deeds = entry_card(request.actor, listed_id)
    form = DeedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        if tried(
            form,
            lambda: record_deed(
                request.actor, listed_id, told["result"], told["note"], next_on=told["next_on"],
                seen=request.POST.get("seen", ""),
            ),
        ):  # fmt: skip
            messages.success(request, _("Written down."))
            return redirect("registry:key_list_entry", listed_id)
    context = {
        **_frame(request, shown.community, shown), "list": shown, "entry": person, "deeds": deeds, "form": form,
        "off_form": TakeOffForm(),
    }  # fmt: skip
    return render(request, "registry/key_list_entry.html", context, status=422 if form.errors else 200)


@requires(Right.KEY_LIST_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def take_off(request: LinliRequest, listed_id: UUID) -> HttpResponse:
    """Take somebody off a list, with the reason."""
    shown, person, _deeds = entry_card(request.actor, listed_id)
    form = TakeOffForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _taken_off(request, listed_id, form):
        messages.success(request, _("%(name)s is no longer on the list.") % {"name": person.person.name})
        return redirect("registry:key_list", shown.id)
    context = {**_frame(request, shown.community, shown), "list": shown, "entry": person, "form": form}
    return render(request, "registry/key_list_take_off.html", context, status=422 if form.errors else 200)


def _taken_off(request: LinliRequest, listed_id: UUID, form: TakeOffForm) -> Any:
    return tried(form, lambda: take_off_key_list(request.actor, listed_id, form.cleaned_data["reason"]))


@requires(Right.KEY_LIST_WRITE)
@never_cache
@require_http_methods(["GET", "POST"])
def put_on(request: LinliRequest, person_id: UUID) -> HttpResponse:
    """Put somebody on a key list by hand, with the reason."""
    person = access_person(request.actor, person_id, right=Right.KEY_LIST_WRITE)
    kept = lists_without(request.actor, person_id)
    form = PutOnForm(request.POST if request.method == "POST" else None, lists=kept)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        put = tried(form, lambda: put_on_key_list(
            request.actor, UUID(told["key_list"]), person_id, told["reason"], leaves_on=told["leaves_on"]
        ))  # fmt: skip
        if put:
            messages.success(request, _("%(name)s is on the list.") % {"name": person.name})
            return redirect("registry:person", person_id)
    context = {
        **behind_search(request, person.community), "card": person_card(request.actor, person_id), "form": form, "lists": kept,
    }  # fmt: skip
    return render(request, "registry/key_list_put_on.html", context, status=422 if form.errors else 200)
