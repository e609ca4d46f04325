from offing.python_api import Analysis as Analysis
from offing.python_api import analyse as analyse

__version__: str
