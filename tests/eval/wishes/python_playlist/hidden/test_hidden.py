import unittest

from playlist.playlist import Playlist, Track


def header(*seconds):
    return Playlist("All", [Track("t", each) for each in seconds]).header()


class HiddenTest(unittest.TestCase):
    def test_over_an_hour(self):
        self.assertEqual(header(3600, 310), "All (2 tracks, 1:05:10)")

    def test_exactly_an_hour(self):
        self.assertEqual(header(3600), "All (1 tracks, 1:00:00)")

    def test_many_hours(self):
        self.assertEqual(header(36000, 3599, 1), "All (3 tracks, 11:00:00)")

    def test_below_an_hour(self):
        self.assertEqual(header(3599), "All (1 tracks, 59:59)")
        self.assertEqual(header(65), "All (1 tracks, 1:05)")
