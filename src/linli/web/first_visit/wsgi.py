"""The application that `linli serve --local-ca` runs on its plain port."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "linli.web.settings_first_visit"
application = get_wsgi_application()
