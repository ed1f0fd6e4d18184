"""Make a sign-in card for a member and print where its code leads."""

import os
import sys

from linli.core.actors import operator_actor
from linli.core.links import make_cards
from linli.core.models import User

user = User.objects.get(name=os.environ["MEMBER"])
sys.stdout.write(f"card={make_cards(operator_actor(), [user])[user]}\n")
