"""Tasks and how they are stored."""

import json
from dataclasses import asdict, dataclass, field


@dataclass
class Task:
    title: str
    done: bool = False
    tags: list = field(default_factory=list)


def dump(tasks):
    """The tasks as JSON."""
    return json.dumps([asdict(task) for task in tasks])


def load(text):
    """Reads what dump wrote."""
    return [Task(**fields) for fields in json.loads(text)]


def still_open(tasks, tag=None):
    """The tasks that are not done, or those of them with a tag."""
    return [task for task in tasks if not task.done and tag in (None, *task.tags)]
