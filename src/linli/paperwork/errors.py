"""What paperwork answers with when it does not do something."""

from django.utils.translation import gettext_lazy as _

from linli.core.errors import Conflict, Invalid, LinliError


class NameTaken(Conflict):
    """Two forms of one name would be taken for each other."""

    code = "form_name_taken"
    message = _("There is already a form called “%(name)s”. Give this one another name. Nothing was changed.")


class NothingToFill(Invalid):
    """A form of which no column is filled."""

    code = "nothing_to_fill"
    message = _("No column of this form is filled with anything. Say for at least one column what belongs into it.")


class NotReady(Conflict):
    """The file is not there any more, or not yet."""

    code = "filled_form_gone"
    message = _("The filled form is no longer here: it is kept for an hour. Fill it again.")


class FillingStopped(LinliError):
    """Somebody stopped a filling on purpose."""

    code = "stopped"
    status = 409
    message = _("The filling was stopped; there is no file. Fill the form again when you need it.")
