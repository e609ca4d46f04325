"""offing: the world's news, turned into reviewed records of Chinese projects abroad.

Eight verbs move nine nouns one way::

    Feed --poll--> Entry --fetch--> Page --extract--> Article --recognize--> Mention*
         --propose--> Candidate (+ Evidence*, Story) --review--> Decision
         --promote--> ProjectRecord --publish--> Release
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("offing")
except PackageNotFoundError:  # a source tree that was never installed
    __version__ = "0.0.0"
