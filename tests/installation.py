"""Loaded before Django: gives the tests an installation of their own, so that they never touch a real LINLI_HOME."""

import atexit
import gc
import os
import shutil
import tempfile

HOME = tempfile.mkdtemp(prefix="linli-tests-", dir="/tmp")
os.environ["LINLI_HOME"] = HOME
os.environ.pop("LINLI_KEY_FILE", None)
os.environ["LINLI_SECOND_FACTOR"] = "off"
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

from linli.core import crypto  # noqa: E402  (it reads LINLI_HOME)

crypto.make_key()

gc.set_threshold(
    100_000, 20, 20
)  # thousands of small pages are rendered: collecting less often saves a tenth of the time
