"""From bytes to blocks and lines: parsing pages and PDFs, without judging them."""
