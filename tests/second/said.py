"""Hand-made answers of a second reader about the plain case of `propose.spans.smart_burkina`."""

from __future__ import annotations

import json
from typing import Any

from offing.model.review.second_reader import ModelAnswer, Usage

SIGNED = "Burkina Faso and Huawei signed a contract for 900 cameras on Thursday"
LENDS = "China Exim Bank lends EUR 85 million"


def project(**changed: Any) -> dict[str, Any]:
    """All of the project, right and with quotes; some fields changed."""
    return {
        "countries": [{"value": "BFA", "quote": "Burkina Faso and Huawei signed"}],
        "firms": [{"name": "Huawei", "role": "contractor", "quote": SIGNED}],
        "lenders": [{"name": "China Exim Bank", "quote": LENDS}],
        "amounts": [{"value": 85000000, "currency": "EUR", "kind": "loan", "quote": LENDS}],
        "sector": {"value": "public-security-surveillance", "quote": "900 cameras"},
        "status": {"value": "signed", "quote": "signed a contract"},
        "mode": {"value": "loan", "quote": LENDS},
        "record_type": {"value": "project", "quote": "to build Smart Burkina"},
        "counterparts": [],
        "concerns": [],
        "quantities": [{"value": 900, "unit": "cameras", "quote": SIGNED}],
        "places": [{"name": "Ouagadougou", "quote": "Smart Burkina in Ouagadougou"}],
        **changed,
    }


def said(*projects: Any, whole: bool = True) -> ModelAnswer:
    """An answer that tells of some projects."""
    return ModelAnswer(json.dumps({"projects": list(projects)}), Usage(100, 50), whole)
