"""What nobody planned for: the database is away, or the program is wrong."""

import logging

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from api.problems import for_error, for_faulty, for_http_exception, problem
from api.reading import Faulty
from api.refusals import InternalError, ServiceUnavailable
from services.database_failures import will_pass
from services.errors import DomainError

_log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, for_error)
    app.register_error_handler(Faulty, for_faulty)
    app.register_error_handler(HTTPException, for_http_exception)
    app.register_error_handler(Exception, for_failure)


def for_failure(error: Exception) -> Response:
    """503 when the same request may succeed in a moment, otherwise 500."""
    if will_pass(error):
        _log.warning("the database did not answer", exc_info=error)
        return problem(ServiceUnavailable())
    _log.error("unexpected error", exc_info=error)
    return problem(InternalError())
