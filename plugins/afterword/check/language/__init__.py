"""What the rules of blameless language share: the narrative of a record, its sentences, and the words and phrases they look for."""
