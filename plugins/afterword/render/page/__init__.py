"""What pages have in common: what they are written with, links, cards, lists that go on, what stands around them."""
