"""Who may register, by age."""

from datetime import date

MIN_AGE = 17  # (policy)
BELOW_AGE = 65  # (policy) Permenaker 5/2021; who is a participant already may go on past it


def age_on(birth_date: date, today: date) -> int:
    """Completed years. Who was born on 29 February is a year older on 1 March."""
    birthday_to_come = (today.month, today.day) < (birth_date.month, birth_date.day)
    return today.year - birth_date.year - birthday_to_come


def too_young(birth_date: date, today: date) -> bool:
    return age_on(birth_date, today) < MIN_AGE


def too_old(birth_date: date, today: date) -> bool:
    return age_on(birth_date, today) >= BELOW_AGE
