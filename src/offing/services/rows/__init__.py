"""Files of rows and cells: CSV, JSONL and XLSX, optionally gzip-compressed."""
