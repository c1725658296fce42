"""Lists of tracks."""

from dataclasses import dataclass, field

from playlist.clock import clock


@dataclass(frozen=True)
class Track:
    title: str
    seconds: int


@dataclass
class Playlist:
    """Tracks under a name."""

    name: str
    tracks: list = field(default_factory=list)

    @property
    def seconds(self):
        return sum(track.seconds for track in self.tracks)

    def header(self):
        """A line such as `Morning (2 tracks, 7:30)`."""
        return f"{self.name} ({len(self.tracks)} tracks, {clock(self.seconds)})"

    def lines(self):
        """The header and a numbered line for each track."""
        numbered = enumerate(self.tracks, start=1)
        return [self.header(), *(f"{number}. {track.title} {clock(track.seconds)}" for number, track in numbered)]
