"""offing: the world's news, turned into reviewed records of Chinese projects abroad.

Eight verbs move nine nouns one way::

    Feed --poll--> Entry --fetch--> Page --extract--> Article --recognize--> Mention*
         --propose--> Candidate (+ Evidence*, Story) --review--> Decision
         --promote--> ProjectRecord --publish--> Release

In Python: `offing.analyse(source)` (docs/python.md).
"""

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("offing")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0.0.0"

_PYTHON_API = frozenset({"Analysis", "analyse"})


def __getattr__(name: str) -> object:
    """Import what `__init__.pyi` declares when it is first used: whoever asks only for the version pays for none of it.

    By name, so that modules that import `offing` for its version do not count as importing all of it.
    """
    if name in _PYTHON_API:
        return getattr(import_module("offing.python_api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
