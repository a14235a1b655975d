"""The settings of a process that nobody watches: what is wrong with them stands in its log."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from services.settings import BadSettings, Settings

log = logging.getLogger(__name__)


def usable_settings(variables: Mapping[str, str]) -> Settings:
    """:raises SystemExit: they cannot be used. A web server's process ends on that without a
    word of its own, where any other exception is printed."""
    try:
        return Settings.read(variables)
    except BadSettings as error:
        log.critical(str(error))
        raise SystemExit(1) from None
