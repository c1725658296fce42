"""Reminds of birthdays."""

from datetime import date, timedelta


class Birthdays:
    """Who was born on which day."""

    def __init__(self):
        self._people = {}

    def add(self, name, month, day):
        """Enters a person; a second entry of the same name replaces the first."""
        self._people[name] = (month, day)

    def __len__(self):
        return len(self._people)

    def upcoming(self, today, days=7):
        """Pairs of date and name of the next days, today included, in order."""
        by_day = {day: name for name, day in self._people.items()}
        found = []
        for offset in range(days):
            day = today + timedelta(days=offset)
            name = by_day.get((day.month, day.day))
            if name is not None:
                found.append((day, name))
        return found


def remind(birthdays, today):
    """A line for each birthday of the next week, such as `in 2 days: Ada`."""
    lines = []
    for day, name in birthdays.upcoming(today):
        distance = (day - today).days
        when = {0: "today", 1: "tomorrow"}.get(distance, f"in {distance} days")
        lines.append(f"{when}: {name}")
    return lines


if __name__ == "__main__":
    known = Birthdays()
    known.add("Ada", 12, 10)
    print("\n".join(remind(known, date.today())))
