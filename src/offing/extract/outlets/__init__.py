"""What is known of single outlets: rules, repeated lines, drift."""
