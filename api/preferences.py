"""How much a caller wants something, by the ``q`` in a header (RFC 9110, 12.4.2)."""


def quality(parameters: str) -> float:
    """Between 0 (not at all) and 1, which it is where none is given.

    :param parameters: what follows the first semicolon; those that are not ``q`` do not matter.
    """
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            return _weight(value)
    return 1.0


def _weight(value: str) -> float:
    # Read leniently: Java sends ``.2`` without its zero.
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
