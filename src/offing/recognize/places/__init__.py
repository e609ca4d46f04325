"""Towns, sites and streets, and the countries that currencies imply."""
