"""sample: a small newsroom on loopback, so that the whole pipeline can be tried without the internet.

`Newsroom` serves the bundled articles, which were written for the project, as many small outlets would: every
outlet with four kinds of feeds and pages full of clutter, and one aggregator for each language that announces
all of them a second time.
"""

from offing.sample.articles import SampleArticle, load_articles
from offing.sample.newsroom import Newsroom, Served

__all__ = ["Newsroom", "SampleArticle", "Served", "load_articles"]
