"""Reads messages that consist of headers, an empty line and a body."""

from headers import Headers


def parse_message(text):
    """Returns the headers and the body of a message."""
    head, _, body = text.partition("\n\n")
    headers = Headers()
    for line in head.splitlines():
        name, _, value = line.partition(":")
        headers.add(name.strip(), value.strip())
    return headers, body
