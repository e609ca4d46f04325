"""poll: from a feed's document to the entries it announces. Pure: no network, no database, no clock."""
