"""Rules of language against labelled sentences and documents."""
