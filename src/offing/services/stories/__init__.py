"""Stories: settled as tellings come and go, joined and split by people, checked."""
