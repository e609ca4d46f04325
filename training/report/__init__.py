"""Pages generated from measurements: docs/quality.md, docs/lab/all-sets.md and the model card."""
