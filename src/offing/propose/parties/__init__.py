"""Firms, lenders and host-side bodies: who takes part, and in which role."""
