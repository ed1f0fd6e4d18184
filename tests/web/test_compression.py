"""What is sent compressed: pages, and nothing that is downloaded."""

import gzip

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from linli.web.headers import PageCompressionMiddleware

PHONE = RequestFactory(headers={"accept-encoding": "gzip, br"})


def answered(request: HttpRequest, content_type: str) -> HttpResponse:
    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("门" * 200, content_type=content_type, headers={"ETag": 'W/"7"'})

    response = PageCompressionMiddleware(view)(request)
    assert isinstance(response, HttpResponse)
    return response


def test_a_page_is_compressed_and_keeps_its_weak_etag():
    response = answered(PHONE.get("/"), "text/html; charset=utf-8")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["ETag"] == 'W/"7"'
    assert gzip.decompress(response.content).decode() == "门" * 200


def test_a_download_is_sent_as_it_is():
    assert not answered(PHONE.get("/"), "text/csv").has_header("Content-Encoding")


def test_a_page_for_who_cannot_unpack_is_sent_as_it_is():
    assert not answered(RequestFactory().get("/"), "text/html").has_header("Content-Encoding")
