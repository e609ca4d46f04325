"""What commands print: cards, tables, life lines, progress."""
