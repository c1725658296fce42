import unittest

from playlist.clock import clock
from playlist.playlist import Playlist, Track


class PlaylistTest(unittest.TestCase):
    def test_clock(self):
        self.assertEqual([clock(5), clock(245), clock(600)], ["0:05", "4:05", "10:00"])

    def test_header(self):
        playlist = Playlist("Morning", [Track("Rise", 200), Track("Shine", 250)])
        self.assertEqual(playlist.header(), "Morning (2 tracks, 7:30)")

    def test_lines(self):
        self.assertEqual(Playlist("One", [Track("Rise", 61)]).lines(), ["One (1 tracks, 1:01)", "1. Rise 1:01"])

    def test_empty(self):
        self.assertEqual(Playlist("None").lines(), ["None (0 tracks, 0:00)"])
