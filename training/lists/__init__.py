"""Which wordings of `config/wording` ever count in a text, and those lists without the ones that do not."""
