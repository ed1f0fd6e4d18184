"""The page, the certificate, and the way on to HTTPS."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.core.errors import NotFound
from linli.core.home import home
from linli.core.process.local_ca import authority_certificate, fingerprint
from linli.core.web import public
from linli.web.first_visit.addresses import secure_address


@public
@never_cache
@require_safe
def first_visit(request: HttpRequest) -> HttpResponse:
    """Tell how to trust this server, and where it is."""
    context = {"fingerprint": fingerprint(home()), "secure": secure_address(request.get_host())}
    return render(request, "linli/first_visit.html", context)


@public
@require_safe
def authority(request: HttpRequest) -> HttpResponseBase:
    """Hand out the authority's certificate in the form that phones install."""
    certificate = authority_certificate(home())
    if certificate is None:
        raise NotFound
    return FileResponse(
        certificate.open("rb"), as_attachment=True, filename="linli.crt", content_type="application/x-x509-ca-cert"
    )


@public
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Send whoever came by an address of the server, but without HTTPS, to it with HTTPS."""
    return redirect(secure_address(request.get_host()) + request.get_full_path())
