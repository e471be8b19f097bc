"""The figures as a picture: a panel for each workload, a bar for each contestant. Plain SVG, for light and dark pages."""

from xml.sax.saxutils import escape

from figures import median

TITLES = {
    "point": "One row by its key",
    "list": "20 rows: filter and order",
    "nested": "Author, posts, comments",
    "insert": "Insert, durable",
    "own": "Own rows, with a user's token",
    "mix": "9 reads to 1 insert",
    "bulk": "1,000 rows in one insert",
    "verify": "Own rows, ES256 token",
    "refresh": "Refresh of a session",
    "password": "Sign-in by password",
}
NAMES = {
    "ashlar": "Ashlar",
    "forgetful": "Ashlar, forgetful",
    "express": "Express + pg",
    "express-x2": "Express + pg, 2 workers",
    "postgraphile": "PostGraphile",
    "spring-data-rest": "Spring Data REST",
    "pgbench": "pgbench, no server",
}
COLUMNS = 2
WIDTH, MARGIN, GAP = 860, 20, 28
PANEL = (WIDTH - 2 * MARGIN - GAP) / COLUMNS
LABEL, VALUE = 152, 104
BAR, STEP, HEAD = 13, 19, 30
TOP, FOOT = 64, 44
STYLE = """
  text { font: 11.5px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: #24292f }
  .title { font-size: 16px; font-weight: 600 }
  .workload { font-size: 13px; font-weight: 600 }
  .small { fill: #57606a }
  .ours { font-weight: 600 }
  .ground { fill: #ffffff; stroke: #d0d7de }
  .ashlar { fill: #0969da } .peer { fill: #afb8c1 }
  .pgbench { fill: none; stroke: #8c959f; stroke-dasharray: 3 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .small { fill: #9198a1 }
    .ground { fill: #0d1117; stroke: #30363d }
    .ashlar { fill: #4493f8 } .peer { fill: #545d68 } .pgbench { stroke: #7d8590 }
  }
"""


def picture(figures):
    """The text of an SVG file; empty where nothing was compared."""
    panels = [(name, figures[name]) for name in TITLES if figures.get(name)]
    if not panels:
        return ""
    about = figures.get("about", {})
    drawn, top = [], TOP
    for at in range(0, len(panels), COLUMNS):
        row = panels[at : at + COLUMNS]
        for column, (workload, rounds) in enumerate(row):
            drawn += _panel(workload, rounds, MARGIN + column * (PANEL + GAP), top)
        top += HEAD + STEP * max(len(rounds) for _, rounds in row) + 14
    height = top + FOOT
    words = "Requests per second, the more the better"
    machine = ", ".join(part for part in (about.get("machine"), about.get("when")) if part)
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img"'
        f' aria-label="{escape(_words(panels), {chr(34): "&quot;"})}">',
        f"<style>{STYLE}</style>",
        f'<rect class="ground" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>',
        _text(MARGIN, 32, words, "title"),
        _text(MARGIN, 51, "One PostgreSQL, the same data, interleaved rounds, medians. Each panel has its own scale.", "small"),
        *drawn,
        _text(MARGIN, height - 32, "×: times Express + pg in one process. pgbench: the statements alone, by 8 clients.", "small"),
        _text(MARGIN, height - 14, machine, "small"),
        "</svg>",
        "",
    ])


def _panel(workload, rounds_by_name, left, top):
    speeds = {name: median(rounds, "per_second") for name, rounds in rounds_by_name.items()}
    widest = PANEL - LABEL - VALUE
    yield _text(left, top + 16, TITLES[workload], "workload")
    for line, (name, speed) in enumerate(sorted(speeds.items(), key=lambda each: ORDER.index(each[0]))):
        y = top + HEAD + line * STEP
        ours = " ours" if name == "ashlar" else ""
        long = max(1.0, widest * speed / max(speeds.values()))
        kind = {"ashlar": "ashlar", "forgetful": "ashlar", "pgbench": "pgbench"}.get(name, "peer")
        times = f"  {speed / speeds['express']:.2f} ×" if "express" in speeds else ""
        yield _text(left + LABEL - 8, y + 10.5, NAMES[name], "small" if not ours else "ours", "end")
        yield f'<rect class="{kind}" x="{left + LABEL:.1f}" y="{y}" width="{long:.1f}" height="{BAR}" rx="2"/>'
        yield _text(left + LABEL + long + 6, y + 10.5, f"{speed:,.0f}{times}", ours.strip() or "small")


ORDER = list(NAMES)


def _words(panels):
    """For whoever does not see it."""
    said = []
    for workload, rounds_by_name in panels:
        bars = (f"{NAMES[name]} {median(rounds, 'per_second'):,.0f}" for name, rounds in rounds_by_name.items())
        said.append(f"{TITLES[workload]}: " + ", ".join(bars))
    return "Requests per second. " + ". ".join(said) + "."


def _text(x, y, text, kind, anchor="start"):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" xml:space="preserve">{escape(text)}</text>'
