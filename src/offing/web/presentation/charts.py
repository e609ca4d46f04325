"""Charts as inline SVG: drawn by pygal, stripped of styles and scripts, styled by our own style sheet.

One series per chart and its numbers in a table beside it: no information depends on colour.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pygal
from lxml import etree
from markupsafe import Markup

# pygal installs an import hook of a kind that Python has dropped, so that each later import warns.
sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != "pygal"]

_SVG = "{http://www.w3.org/2000/svg}"
_DROPPED = (f"{_SVG}style", f"{_SVG}script", f"{_SVG}defs")
_MOST_LABELS = 5
_WIDE, _HIGH = 5, 24  # units of a day's bar in a sparkline; the style sheet scales it


def bars(values: Sequence[int], labels: Sequence[str], title: str) -> Markup:
    """Bars over days or steps, some of them labelled.

    Args:
        values: their heights.
        labels: the label of each.
        title: the description for screen readers.
    """
    step = max(1, -(-len(labels) // _MOST_LABELS))
    shown = [label if number % step == 0 else "" for number, label in enumerate(labels)]
    chart = pygal.Bar(**_plain(), height=140, width=360, spacing=4, max_scale=4)
    chart.x_labels = shown
    chart.add(title, list(values))
    return _cleared(chart, title)


def sparkline(values: Sequence[int], title: str) -> Markup:
    """Bars without axes, as high as a word. One path: a page has hundreds of them, and pygal takes 3 ms for each."""
    most = max(values, default=0) or 1
    bars_ = "".join(
        f"M{_WIDE * place} {_HIGH}v-{_HIGH * value / most:.3g}h{_WIDE - 1}V{_HIGH}"
        for place, value in enumerate(values)
        if value
    )
    return Markup(
        '<svg class="sparkline" role="img" aria-label="{}" viewBox="0 0 {} {}" preserveAspectRatio="none">'
        '<title>{}</title><path d="{}"/></svg>'
    ).format(title, _WIDE * len(values), _HIGH, title, bars_)


def _plain() -> dict[str, object]:
    return {
        "css": [],
        "js": [],
        "show_legend": False,
        "include_x_axis": True,
        "no_data_text": "",
        "truncate_label": -1,
        "order_min": 0,
        "value_formatter": lambda value: f"{value:g}",
        "no_prefix": True,
    }


def _cleared(chart: pygal.Bar, title: str) -> Markup:
    """The drawing without anything forbidden by the site's content policy, with a name for screen readers."""
    root = etree.fromstring(chart.render())
    for element in list(root.iter()):
        if element.tag in _DROPPED or not isinstance(element.tag, str):
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
        else:
            for name in {"style", "onclick", "id"} & set(element.attrib):
                del element.attrib[name]
    named = root.find(f"{_SVG}title")
    if named is not None:
        named.text = title
    root.set("role", "img")
    root.set("aria-label", title)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 -- made of numbers and escaped labels
