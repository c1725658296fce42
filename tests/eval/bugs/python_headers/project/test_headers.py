import unittest

from headers import Headers
from message import parse_message


class HeadersTest(unittest.TestCase):
    def test_first_value_counts(self):
        self.assertEqual(Headers([("Via", "a"), ("Via", "b")]).get("Via"), "a")

    def test_missing_name_gives_the_default(self):
        self.assertEqual(Headers().get("Via", "none"), "none")

    def test_finds_a_name_in_any_case(self):
        self.assertEqual(Headers([("Content-Type", "text/plain")]).get("content-type"), "text/plain")

    def test_removes_a_name_in_any_case(self):
        headers = Headers([("X-Trace", "1"), ("Host", "here"), ("x-trace", "2")])
        self.assertEqual(headers.remove("X-TRACE"), 2)
        self.assertEqual(headers.lines(), ["Host: here"])

    def test_lines_keep_names(self):
        self.assertEqual(Headers([("eTag", "1")]).lines(), ["eTag: 1"])


class MessageTest(unittest.TestCase):
    def test_parts_head_and_body(self):
        headers, body = parse_message("Host: here\nVia: a:b\n\nHello\n\nyou")
        self.assertEqual(headers.get("Via"), "a:b")
        self.assertEqual(body, "Hello\n\nyou")


if __name__ == "__main__":
    unittest.main()
