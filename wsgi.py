"""The web application, as a WSGI server wants it."""

import os

from api.app import create_app
from console.site import add_console
from services import logs
from services.operations.usable_settings import usable_settings
from services.wiring import build_ports

logs.set_up("web")
settings = usable_settings(os.environ)
app = create_app(settings, build_ports(settings))
add_console(app)
