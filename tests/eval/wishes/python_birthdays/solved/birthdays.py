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
        found = []
        for offset in range(days):
            day = today + timedelta(days=offset)
            names = [name for name, born in self._people.items() if born == (day.month, day.day)]
            found.extend((day, name) for name in sorted(names))
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
