"""Pages that are written from what was measured: docs/quality.md, docs/lab/all-sets.md, the model card."""
