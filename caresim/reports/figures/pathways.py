"""Where people go from hospital: a flow picture whose widths are people a year."""

from __future__ import annotations

from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Polygon, Rectangle
from matplotlib.path import Path

from caresim.reports import palette, words
from caresim.reports.chart import Chart, DataTable, Missing
from caresim.reports.estimate import Estimate
from caresim.reports.facts import Run
from caresim.reports.figures import canvas

KEY = "pathways"
HEIGHT = 6.1
_TOP, _BOTTOM, _BAR = 400.0, 14.0, 128.0
_NO_NEED, _GOES_ON, _NEW = "discharged_pathway_0", "discharged_restart", "new"

_WAYS = {
    "discharged_pathway_1": "Reablement at home",
    "discharged_pathway_1_home_care": "Straight to home care",
    "discharged_pathway_2": "Intermediate care bed",
    "discharged_pathway_3": "Care home",
}
_ENDS = ("Independent at home", "Support at home", "Care home", "Readmitted, died or\nstill there")
_INDEPENDENT, _AT_HOME, _CARE_HOME, _OTHER = _ENDS
_OUTCOMES = {"independent": _INDEPENDENT, "smaller": _AT_HOME, "same": _AT_HOME, "care_home": _CARE_HOME}
_EPISODES = {
    "discharged_pathway_1": "reablement",
    "discharged_pathway_2": "intermediate_care",
    "discharged_pathway_3": "temporary_placement",
}


@dataclass
class _Block:
    """A box of the picture: where it stands and how much of each side is taken."""

    x: float
    top: float
    height: float
    left_used: float = 0.0
    right_used: float = 0.0


@dataclass(frozen=True)
class _Flows:
    """Discharges a year by way out of hospital, and by way and end."""

    ways: dict[str, float]
    ends: dict[tuple[str, str], float]
    spread: dict[str, Estimate] = field(default_factory=dict)

    @property
    def new(self) -> float:
        return sum(self.ways.get(way, 0) for way in _WAYS)

    @property
    def all(self) -> float:
        return self.new + self.ways.get(_NO_NEED, 0) + self.ways.get(_GOES_ON, 0)

    def end(self, name: str) -> float:
        return sum(people for (_, end), people in self.ends.items() if end == name)


def draw(run: Run) -> Chart | Missing:
    """Show all discharges on the left and, enlarged, those that begin new support."""
    flows, whose = _flows(run)
    if flows.all <= 0:
        return Missing("Ways out of hospital", "nobody is discharged from hospital in this scenario")
    title = _title(run, flows, whose)
    alt = f"{title}. " + "; ".join(
        f"{label.lower()} {words.whole(flows.ways[way])}" for way, label in _WAYS.items() if flows.ways.get(way)
    )
    if flows.new > 0:
        alt += ". They end: " + "; ".join(
            f"{end.replace(chr(10), ' ').lower()} {words.whole(flows.end(end))}" for end in _ENDS if flows.end(end) > 0
        )
    figure = canvas.blank(HEIGHT)
    _picture(canvas.bare(figure), flows)
    return Chart(
        key=KEY,
        title=title,
        subtitle=f"Discharges of {whose} in {run.year}, {run.county}; widths are discharges, "
        "enlarged where the picture widens",
        alt=alt + ".",
        svg=canvas.to_svg(figure, KEY, alt),
        table=_table(run, flows),
        notes=(
            "A person discharged twice is counted twice. Ends are those of episodes completed in the year; "
            "episodes cut short by a readmission or a death, or not finished by the end of the year, are the rest.",
        ),
    )


def _flows(run: Run) -> tuple[_Flows, str]:
    table = run.in_year("flow")
    table = table[table["origin"].eq("hospital") | table["event"].astype(str).str.startswith("discharged_")]
    old = table[~table["age"].eq("18-64")]
    used, whose = (old, "people aged 65 and over") if old["people"].sum() > 0 else (table, "adults")
    wanted = [_NO_NEED, _GOES_ON, *_WAYS]
    wanted += [f"{episode}_{outcome}" for episode in _EPISODES.values() for outcome in _OUTCOMES]
    wanted += ["temporary_placement_started"]
    totals = run.totals(used[used["event"].isin(wanted)], ["event"], "people")
    spread = {event: total for (event,), total in totals.items()}
    people = {event: total.mean for event, total in spread.items()}
    return _Flows({way: people.get(way, 0.0) for way in (_NO_NEED, _GOES_ON, *_WAYS)}, _ended(people), spread), whose


def _ended(people: dict[str, float]) -> dict[tuple[str, str], float]:
    """Follow each way to its ends; what is not seen to end is readmitted, dead or still there."""
    ends: dict[tuple[str, str], float] = {}
    for way in _WAYS:
        begun = people.get(way, 0.0)
        if way not in _EPISODES:
            ends[way, _AT_HOME] = begun
            continue
        left = begun
        if way == "discharged_pathway_3":
            permanent = max(0.0, begun - people.get("temporary_placement_started", 0.0))
            ends[way, _CARE_HOME] = permanent
            left -= permanent
        for outcome, end in _OUTCOMES.items():
            size = min(people.get(f"{_EPISODES[way]}_{outcome}", 0.0), left)
            ends[way, end] = ends.get((way, end), 0.0) + size
            left -= size
        ends[way, _OTHER] = left
    return {key: size for key, size in ends.items() if size > 0}


def _title(run: Run, flows: _Flows, whose: str) -> str:
    if flows.new <= 0:
        return f"All {words.whole(flows.all)} discharges of {whose} in {run.year} go home without new support"
    title = (
        f"{words.percent(flows.new / flows.all)} of {words.whole(flows.all)} discharges in {run.year} begin new support"
    )
    independent = flows.end(_INDEPENDENT)
    if independent > 0:
        title += f"; {words.percent(independent / flows.new)} of those end in independence"
    return title


def _picture(ax: Axes, flows: _Flows) -> None:
    height = _TOP - _BOTTOM
    left = _stack_all(ax, flows, height)
    if flows.new <= 0:
        return
    sizes = {way: flows.ways[way] for way in _WAYS if flows.ways.get(way, 0) > 0}
    gap = 22.0
    scale = (height - gap * 3) / flows.new
    ways = _column(sizes, 320, scale, height, gap)
    ends = _column({end: flows.end(end) for end in _ENDS if flows.end(end) > 0}, 560, scale, height, gap)
    first, last = next(iter(ways.values())), list(ways.values())[-1]
    _zoom(ax, left, first.top, last.top - last.height)
    for (way, end), size in flows.ends.items():
        _ribbon(ax, ways[way], ends[end], size * scale, end == _INDEPENDENT)
    for way, block in ways.items():
        _box(ax, block, palette.TEXT)
        _beside(ax, block, _WAYS[way], flows.ways[way], flows.new, -6, "right")
    for end, block in ends.items():
        _box(ax, block, palette.ACCENT if end == _INDEPENDENT else palette.TEXT)
        _beside(ax, block, end, flows.end(end), flows.new, 18, "left")
    for x, text, align in (
        (_BAR + 34, "All discharges", "right"),
        (332, "New support", "right"),
        (560, "How it ends", "left"),
    ):
        canvas.note(ax, x, _TOP + 22, text, size=11, weight="bold", ha=align)


def _stack_all(ax: Axes, flows: _Flows, height: float) -> tuple[float, float]:
    """Draw the whole as one bar; return the top and bottom of the part that begins new support."""
    parts = ((_NEW, flows.new, palette.TEXT), (_GOES_ON, flows.ways.get(_GOES_ON, 0), "#8A949C"),
             (_NO_NEED, flows.ways.get(_NO_NEED, 0), "#C9CDD2"))  # fmt: skip
    labels = {
        _NEW: "begin new support",
        _GOES_ON: "go back to support\nheld before",
        _NO_NEED: "go home without\nsupport",
    }
    top, new_part = _TOP, (_TOP, _TOP)
    said: list[tuple[float, str]] = []
    for key, size, colour in parts:
        if size <= 0:
            continue
        tall = size / flows.all * height
        ax.add_patch(Rectangle((_BAR, top - tall), 34, tall, facecolor=colour, edgecolor=palette.WHITE, linewidth=1))
        if key == _NEW:
            new_part = (top, top - tall)
        text = f"{words.whole(size)} ({words.percent(size / flows.all)})\n{labels[key]}"
        said.append((top - tall / 2, text))
        top -= tall
    for place, (_, text) in zip(canvas.apart([-place for place, _ in said], 44), said, strict=True):
        canvas.note(ax, _BAR - 8, -place, text, ha="right", size=10)
    return new_part


def _zoom(ax: Axes, part: tuple[float, float], top: float, bottom: float) -> None:
    corners = [(_BAR + 34, part[0]), (200, top), (200, bottom), (_BAR + 34, part[1])]
    ax.add_patch(Polygon(corners, closed=True, facecolor=palette.SHADE, edgecolor="none", zorder=0))
    for start, end in ((corners[0], corners[1]), (corners[3], corners[2])):
        ax.plot(*zip(start, end, strict=True), color=palette.MUTED, linewidth=0.8, linestyle=(0, (4, 3)))


def _column(sizes: dict[str, float], x: float, scale: float, height: float, gap: float) -> dict[str, _Block]:
    """Stack blocks from the top, spreading what is left of the height between them; small ones get room for a label."""
    least = 15.0
    room = {name: max(size * scale, least) for name, size in sizes.items()}
    spare = max(4.0, (height - sum(room.values())) / max(1, len(sizes) - 1)) if len(sizes) > 1 else gap
    blocks, top = {}, _TOP
    for name, size in sizes.items():
        tall = size * scale
        blocks[name] = _Block(x, top - (room[name] - tall) / 2, tall)
        top -= room[name] + min(spare, 60.0)
    return blocks


def _box(ax: Axes, block: _Block, colour: str) -> None:
    ax.add_patch(Rectangle((block.x, block.top - block.height), 12, block.height, color=colour, linewidth=0))


def _ribbon(ax: Axes, start: _Block, end: _Block, size: float, meant: bool) -> None:
    x0, x1 = start.x + 12, end.x
    y0, y1 = start.top - start.right_used, end.top - end.left_used
    start.right_used += size
    end.left_used += size
    middle = (x0 + x1) / 2
    points = [
        (x0, y0), (middle, y0), (middle, y1), (x1, y1), (x1, y1 - size), (middle, y1 - size), (middle, y0 - size),
        (x0, y0 - size), (x0, y0),
    ]  # fmt: skip
    colour = palette.ACCENT if meant else "#A3ABB2"
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    ax.add_patch(PathPatch(Path(points, codes), facecolor=colour, alpha=0.6, linewidth=0))


def _beside(ax: Axes, block: _Block, label: str, people: float, whole: float, shift: float, align: str) -> None:
    text = f"{label}\n{words.whole(people)} ({words.percent(people / whole)})"
    canvas.note(ax, block.x + shift, block.top - block.height / 2, text, ha=align)


def _table(run: Run, flows: _Flows) -> DataTable:
    rows: list[tuple[str, ...]] = []
    labels = {_NO_NEED: "Home without formal support", _GOES_ON: "Support held before goes on"}
    labels |= _WAYS
    for way, people in flows.ways.items():
        spread = flows.spread.get(way, Estimate(people))
        cells = (words.whole(spread.mean), words.percent(people / flows.all), words.whole(spread.low))
        rows.append((labels[way], "all", *cells, words.whole(spread.high)))
        for (start, end), size in flows.ends.items():
            if start == way:
                share = words.percent(size / people)
                rows.append((labels[way], end.replace("\n", " "), words.whole(size), share, *[words.NO_VALUE] * 2))
    return DataTable(
        f"Discharges a year by way out of hospital and how the support ends, {run.year}; {run.interval}",
        ("Way out of hospital", "How it ends", "Discharges", "Share", "Interval from", "Interval to"),
        tuple(rows),
        frozenset({"How it ends"}),
    )
