"""Print the path of a member's page."""

import os
import sys

from django.urls import reverse

from linli.core.models import User

name = os.environ["MEMBER"]
user = User.objects.filter(name=name).first() or User.objects.get(username=name)
sys.stdout.write(f"page={reverse('workforce:member', args=[user.pk])}\n")
