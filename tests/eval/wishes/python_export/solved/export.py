"""Tasks for spreadsheets."""

import csv
import io


def to_csv(tasks):
    """CSV with a header and a line for each task; tags are joined by a blank."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["title", "done", "tags"])
    for task in tasks:
        writer.writerow([task.title, "yes" if task.done else "no", " ".join(task.tags)])
    return out.getvalue()
