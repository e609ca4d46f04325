"""Services: connect the stages with the database and the network, one subpackage for each concern."""
