"""The sandbox as a program of its own, for a WSGI server with one process and many threads.

One process, because its state is in memory; many threads, because a slow answer
holds one for as long as it takes.
"""

import os

from sandbox.config import Config
from sandbox.factory import create_app

app = create_app(Config.read(os.environ))
