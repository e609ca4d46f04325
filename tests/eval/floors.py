"""Below these figures the build fails. A floor is raised when the figure has risen for good."""

from __future__ import annotations

FLOORS = {
    "relevance": 0.93,
    "projects": 0.90,
    "countries": 0.94,
    "firms": 0.85,
    "lenders": 0.85,
    "amounts": 0.90,
    "sector": 0.83,
    "status": 0.81,
    "record_type": 0.88,
    "roles": 0.58,
    "kinds": 0.74,
    "complete": 0.55,
    "evidence_exact": 1.0,
    "evidence_cover": 1.0,
    "evidence_on_target": 0.99,
}
# The half that was only scored, never read: what an unseen article of the same kind may expect.
UNSEEN_FLOORS = {
    "relevance": 0.90,
    "countries": 0.92,
    "firms": 0.82,
    "lenders": 0.72,
    "amounts": 0.83,
    "sector": 0.68,
    "status": 0.68,
}

# Three sets that were only scored at first, and read later: they hold what was won.
FIRST_FLOORS = {
    "relevance": 0.94,
    "projects": 0.9,
    "countries": 0.92,
    "firms": 0.88,
    "lenders": 0.82,
    "amounts": 0.88,
    "counterparts": 0.7,
    "concerns": 0.7,
    "quantities": 0.76,
    "places": 0.77,
    "sector": 0.86,
    "status": 0.88,
    "record_type": 0.88,
    "mode": 0.78,
    "roles": 0.77,
    "kinds": 0.77,
    "complete": 0.55,
    "evidence_exact": 1.0,
    "evidence_cover": 1.0,
    "evidence_on_target": 0.97,
}
# The smaller of them: one project moves a field by .02.
SECOND_FLOORS = {
    "relevance": 0.94,
    "projects": 0.9,
    "countries": 0.88,
    "firms": 0.87,
    "lenders": 0.79,
    "amounts": 0.83,
    "counterparts": 0.76,
    "concerns": 0.72,
    "quantities": 0.75,
    "places": 0.71,
    "sector": 0.86,
    "status": 0.84,
    "record_type": 0.86,
    "mode": 0.66,
    "roles": 0.74,
    "kinds": 0.82,
    "complete": 0.46,
    "evidence_exact": 1.0,
    "evidence_cover": 1.0,
    "evidence_on_target": 0.97,
}
# A set with many near misses, only scored until the morning of 26 November 2026 and read since;
# docs/quality.md has both figures. One project moves a field by .015.
THIRD_FLOORS = {
    "relevance": 0.92,
    "projects": 0.87,
    "countries": 0.9,
    "firms": 0.86,
    "lenders": 0.89,
    "amounts": 0.86,
    "counterparts": 0.71,
    "concerns": 0.71,
    "quantities": 0.75,
    "places": 0.73,
    "sector": 0.87,
    "status": 0.87,
    "record_type": 0.89,
    "mode": 0.71,
    "roles": 0.81,
    "kinds": 0.79,
    "complete": 0.28,
    "evidence_exact": 1.0,
    "evidence_cover": 1.0,
    "evidence_on_target": 0.97,
}
SETS = {"dev_score": FIRST_FLOORS, "dev_score2": SECOND_FLOORS, "dev_score3": THIRD_FLOORS}
